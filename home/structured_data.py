"""The front page, the contact page and the plain pages, for machines."""

from clinicsite.clinics.structured_data import organization_id
from clinicsite.core.structured_data import (
    Node,
    Shown,
    breadcrumb,
    link,
    node,
    page_about,
    questions,
    register_for,
)
from clinicsite.home.contact.pages import ContactPage
from clinicsite.home.pages.front import HomePage
from clinicsite.home.pages.standard import StandardPage
from clinicsite.locations.structured_data import place_cards
from clinicsite.modalities.structured_data import citations_of


def register() -> None:
    """Have these page types described here."""
    register_for(HomePage, describe_home)
    register_for(ContactPage, describe_contact)
    register_for(StandardPage, describe_standard)


def describe_home(shown: Shown) -> list[Node]:
    """The front page: it is about the clinic, and shows all its places."""
    clinic = link(organization_id(shown.root_url))
    return [page_about(shown, "WebPage", name=shown.page.hero_heading, about=clinic), *place_cards(shown)]


def describe_contact(shown: Shown) -> list[Node]:
    """The contact page, with the places beside the form."""
    clinic = shown.clinic
    address = clinic.email if clinic.email_on_contact_page else ""
    about = node("MedicalOrganization", organization_id(shown.root_url), email=address) if address else None
    page = page_about(shown, "ContactPage", about=about)
    return [page, *place_cards(shown), *breadcrumb(shown)]


def describe_standard(shown: Shown) -> list[Node]:
    """A page of the clinic's own text."""
    return [
        page_about(shown, "WebPage", citation=citations_of(shown)),
        *breadcrumb(shown),
        *questions(shown),
    ]
