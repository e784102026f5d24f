"""Where a clinic's forms are, as every page of its site shows them."""

from dataclasses import dataclass

from wagtail.models import Site

from clinicsite.clinics.models import ClinicSettings
from clinicsite.core.addresses import page_path
from clinicsite.core.querysets import listed
from clinicsite.home.contact.pages import ContactPage
from clinicsite.home.contact.ways import CALL_BACK, CONSULTATION
from clinicsite.home.pages.standard import StandardPage

#: Where a clinic's words on privacy are found, if it has such a page beside its contact page.
PRIVACY_SLUGS = ("privacy", "privacy-policy", "privacy-notice")
#: Address of a page that a website owes its readers -> what the foot of every page calls it.
OWED = {"accessibility": "Accessibility", "how-we-make-our-pages": "How we make our pages"}


@dataclass(frozen=True)
class ContactAddresses:
    """Where a clinic's forms are, as every page shows them; an empty address stands for none."""

    url: str
    call_back_url: str
    consultation_url: str
    privacy_url: str
    #: (what it is called, its address) of each further page that a website owes its readers.
    owed: tuple[tuple[str, str], ...] = ()

    @property
    def further_forms(self) -> tuple[str, ...]:
        """The addresses of the forms beside the contact page's own."""
        return tuple(filter(None, (self.call_back_url, self.consultation_url)))


def addresses_of(site: Site) -> ContactAddresses | None:
    """The addresses of a clinic's forms, for its profile; None where it has no contact page to show."""
    root = site.root_page
    page = listed(ContactPage.objects.child_of(root), root).first()
    if page is None:
        return None
    url = page_path(page.url_path, root.url_path)
    has_offer = ClinicSettings.objects.filter(site=site).exclude(free_consultation="").exists()
    plain = listed(StandardPage.objects.child_of(root).filter(slug__in=[*PRIVACY_SLUGS, *OWED]), root)
    paths = {one.slug: page_path(one.url_path, root.url_path) for one in plain}
    return ContactAddresses(
        url=url,
        call_back_url=url + CALL_BACK.path,
        consultation_url=url + CONSULTATION.path if has_offer else "",
        privacy_url=next((path for slug, path in paths.items() if slug in PRIVACY_SLUGS), ""),
        owed=tuple((name, paths[slug]) for slug, name in OWED.items() if slug in paths),
    )
