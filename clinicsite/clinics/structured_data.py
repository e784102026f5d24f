"""The clinic and its site, in the graph of every page: what header and footer say."""

from clinicsite.clinics.profile import ClinicProfile
from clinicsite.core.addresses import SEARCH_PATH
from clinicsite.core.sharing import full_url
from clinicsite.core.structured_data import Node, Shown, link, node
from clinicsite.core.templatetags.clinicsite_tags import kept_rendition

#: As the header shows it (templates/clinicsite/components/brand_mark.html).
LOGO_SPEC = "max-440x112|format-webp"


def organization_id(root_url: str) -> str:
    """The id of a clinic, the same on every page of its site."""
    return f"{root_url}/#organization"


def clinic_and_site(shown: Shown) -> list[Node]:
    """The clinic as an organisation, and its website."""
    clinic, address = shown.clinic, f"{shown.root_url}/"
    organization = node(
        "MedicalOrganization",
        organization_id(shown.root_url),
        name=clinic.name,
        legalName=clinic.legal_name,
        url=address,
        logo=_logo_url(clinic),
        email=clinic.email if clinic.shows_email_everywhere else "",
        sameAs=[url for _, _, url in clinic.social_links],
    )
    website = node(
        "WebSite",
        f"{address}#website",
        url=address,
        name=clinic.name,
        inLanguage=clinic.language,
        publisher=link(organization_id(shown.root_url)),
        potentialAction=_search(shown.root_url),
    )
    return [organization, website]


def _search(root_url: str) -> Node:
    """How to search the site, which every page offers.

    Source: schema.org/docs/actions.html, part 4; a form's field is named as a property with "-input" added.
    """
    place = node("EntryPoint", urlTemplate=f"{root_url}{SEARCH_PATH}?q={{words}}")
    return node("SearchAction", target=place, **{"query-input": "required name=words"})


def _logo_url(clinic: ClinicProfile) -> str:
    logo = kept_rendition(clinic.logo_id, LOGO_SPEC, clinic.version)
    return full_url(logo["url"], clinic.root_url) if logo else ""
