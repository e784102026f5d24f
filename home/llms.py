"""A clinic in one plain text for language models (llmstxt.org): what it is, what it treats, where it is."""

from collections.abc import Iterable, Iterator

from django.http import HttpResponse

from clinicsite.clinics.models import ClinicKind
from clinicsite.core.addresses import page_path
from clinicsite.core.printable import printable
from clinicsite.home.findable import findable, open_clinic_or_404
from clinicsite.library.shared_pages.page import SharedPage, shared_page_models
from clinicsite.locations.models import LocationPage
from clinicsite.locations.places import place_of
from clinicsite.modalities.models import ConditionPage, ModalityPage

#: What a clinic is asked for most; a project's own types come after ours.
FIRST = (ModalityPage, ConditionPage)


def llms_txt(request):
    """The clinic whose host this is, with links to its treatments, conditions, locations and the like."""
    site, clinic = open_clinic_or_404()
    text = "\n".join(_lines(site, clinic))
    return HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8")


def _lines(site, clinic) -> Iterator[str]:
    root_path = site.root_page.url_path
    pages = findable(LocationPage.objects.for_cards().with_treatments(), site)
    places = [place_of(page, root_path) for page in pages]
    yield f"# {_line(clinic.name)}"
    yield ""
    yield f"> {_line(_introduction(clinic, places))}"
    others = (model for model in shared_page_models() if model not in FIRST)
    for model in (*FIRST, *others):
        yield from _part(heading_of(model), _shared_pages(model, site, clinic) if heading_of(model) else ())
    yield from _part("Locations", ((one.title, clinic.root_url + one.url, _visit(one)) for one in places))


def heading_of(model: type[SharedPage]) -> str:
    """Under what pages of a type are listed; "" where they are not."""
    name = str(model._meta.verbose_name_plural).capitalize()
    return name if model.llms_heading is None else model.llms_heading


def _introduction(clinic, places):
    kind = ClinicKind(clinic.kind).label
    cities = ", ".join(dict.fromkeys(place.city for place in places))
    sentence = f"{kind} in {cities}." if cities else f"{kind}."
    return f"{sentence} {clinic.tagline}".strip()


def _shared_pages(model, site, clinic):
    """(title, address, summary) of the clinic's pages of one type."""
    root = site.root_page.url_path
    for page in findable(model.objects.with_library(), site).order_by("title"):
        yield page.title, clinic.root_url + page_path(page.url_path, root), page.composed_summary


def _visit(place):
    return f"{place.address}. {place.phone.text}" if place.phone else place.address


def _part(heading: str, rows: Iterable[tuple[str, str, str]]) -> list[str]:
    """A headed list of links; nothing without any."""
    links = [f"- [{_line(title)}]({url}){f': {_line(about)}' if about else ''}" for title, url, about in rows]
    return ["", f"## {heading}", "", *links] if links else []


def _line(text: str) -> str:
    """Text on one line, with brackets that cannot be taken for a link's."""
    return " ".join(printable(text).split()).replace("[", "(").replace("]", ")")
