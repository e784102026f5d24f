"""A clinic's own numbers in its texts: where they lead, and which are better written as a token."""

from wagtail.admin import messages
from wagtail.models import Page, Site

from clinicsite.clinics.profile import ClinicProfile, profile_for
from clinicsite.core import site_roots
from clinicsite.core.phones import Number
from clinicsite.core.rendering import current_rendering, strings_in
from clinicsite.core.rich_text.numbers import numbers_in
from clinicsite.library.shared_pages.page import SharedPage

SUGGESTION = (
    "{number} is written out in the text of “{title}”. Write {{phone}} in its place: "
    "it follows when your number changes."
)


def address_of(number: Number) -> str | None:
    """Where one of the clinic's own numbers leads, "" for its fax; None for a number of somebody else."""
    clinic = profile_for(current_rendering().site)
    own = (phone for place in _places(clinic) for phone in place.phones if phone.number == str(number))
    return next((phone.href for phone in own), None)


def suggest_token(request, page: Page) -> None:
    """Tell whoever has published a page that its text has the number that {phone} stands for."""
    written = written_out(page) if isinstance(page, SharedPage) else ""
    if written:
        words = SUGGESTION.format(number=written, title=page.get_admin_display_title())
        messages.warning(request, words)


def written_out(page: SharedPage) -> str:
    """The clinic's number to call, where the page's own text has it typed; "" where it has not."""
    phone = _phone_of_token(_clinic_of(page))
    typed = {str(number) for text in _own_texts(page) for _, _, number in numbers_in(text)}
    return phone.text if phone and phone.number in typed else ""


def _own_texts(page):
    bodies = [record.body.raw_data for record in page.override_records]
    return [page.summary or "", *strings_in([list(page.sections.raw_data), *map(list, bodies)])]


def _phone_of_token(clinic):
    main = clinic.parts["places"].primary if clinic else None
    return main.phone if main else None


def _clinic_of(page) -> ClinicProfile | None:
    parts = site_roots.url_parts(page.url_path)
    site = Site.objects.select_related("root_page").filter(pk=parts[0]).first() if parts else None
    return profile_for(site)


def _places(clinic):
    return clinic.parts["places"].all if clinic else ()
