"""The search page of a clinic's site."""

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.views.decorators.http import require_safe

from clinicsite.clinics.profile import ClinicProfile, profile_for
from clinicsite.core.rendering import current_rendering
from clinicsite.home.contact.throttling import sender_of
from clinicsite.home.search.catalogue import (
    CONDITIONS_LIST,
    TREATMENTS_LIST,
    Entries,
    address_of,
    catalogue_of,
    titles_to_try,
)
from clinicsite.home.search.extracts import Piece
from clinicsite.home.search.finding import Found, FoundGroup, Hit, find
from clinicsite.home.search.groups import HEADINGS, NOUNS, counted
from clinicsite.home.search.help_now import HelpNow, help_now
from clinicsite.home.search.missing import note_missed
from clinicsite.home.search.words import asked_words, typed_text
from clinicsite.locations.places import Place

#: Of each kind so many are shown among the others.
SHOWN_OF_EACH = 4
#: And so many a page once one kind is chosen.
SHOWN_A_PAGE = 20
#: Where the conditions page has the map of the body.
MAP_ANCHOR = "#where"


@dataclass(frozen=True)
class ShownHit:
    """A page found, with the place where it is one of the clinic's."""

    hit: Hit
    place: Place | None

    @property
    def extract(self) -> list[Piece]:
        """What the page says; of a place only what its address, which stands above, does not."""
        told = self.place.address if self.place else ""
        is_news = any(piece.is_marked and piece.text not in told for piece in self.hit.extract)
        return self.hit.extract if is_news or not self.place else []


@dataclass(frozen=True)
class ShownGroup:
    """The pages of one kind as the search page shows them."""

    name: str
    heading: str
    hits: list[ShownHit]
    total: int
    #: Where all of them are; empty where they are all here.
    all_url: str = ""

    @property
    def counted(self) -> str:
        """How many there are, in words."""
        return counted(self.total, NOUNS[self.name])


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What a clinic's own public pages say about the words in `q`; of one kind alone with `in`."""
    site = current_rendering().site
    clinic = profile_for(site)
    if clinic is None:
        raise Http404("Only a clinic's site can be searched.")
    typed = typed_text(request.GET.get("q", ""))
    if not asked_words(typed):
        return _show_start(request, typed, catalogue_of(site))
    found = find(site, clinic, typed)
    urgent = help_now(typed, clinic)
    # Who is in danger is nobody's figure.
    if (found.missed or found.led) and not urgent:
        note_missed(site, typed, sender_of(request))
    chosen = found.group(request.GET.get("in", ""))
    if chosen is not None:
        return _show_group(request, found, chosen, clinic, urgent)
    return _show_all(request, found, clinic, urgent)


def _show_start(request: HttpRequest, typed: str, entries: Entries) -> HttpResponse:
    values = {"typed": typed, "heading": "Search", "label": "What are you looking for?"}
    return TemplateResponse(request, "clinicsite/home/search_start.html", {**values, "help": _help(entries)})


def _show_all(
    request: HttpRequest, found: Found, clinic: ClinicProfile, urgent: list[HelpNow]
) -> HttpResponse:
    values = {
        **_values(found, counted(found.total), urgent),
        "suggested": _with_places(found.suggested, clinic),
        "groups": [_shown(found, group, clinic) for group in found.groups],
        "help": _help(found.entries),
    }
    return TemplateResponse(request, "clinicsite/home/search.html", values)


def _show_group(
    request: HttpRequest, found: Found, chosen: FoundGroup, clinic: ClinicProfile, urgent: list[HelpNow]
) -> HttpResponse:
    pages = Paginator(chosen.hits, SHOWN_A_PAGE).get_page(request.GET.get("page"))
    hits = _with_places(pages.object_list, clinic)
    group = ShownGroup(chosen.group, HEADINGS[chosen.group], hits, len(chosen.hits))
    values = {
        **_values(found, group.counted, urgent),
        "group": group,
        "pages": pages,
        "query_string": urlencode({"q": found.wanted.typed, "in": chosen.group.value}),
        "all_url": _address(q=found.wanted.typed),
        "all_counted": counted(found.total),
    }
    return TemplateResponse(request, "clinicsite/home/search_group.html", values)


def _values(found: Found, total: str, urgent: list[HelpNow]) -> dict:
    wanted = found.wanted
    words = wanted.corrected if found.total and wanted.corrected else wanted.typed
    return {"found": found, "typed": wanted.typed, "heading": f"{total} for “{words}”", "urgent": urgent}


def _shown(found: Found, group: FoundGroup, clinic: ClinicProfile) -> ShownGroup:
    total = len(group.hits)
    # One more page shown here is better than a link that leads to one more.
    count = total if total <= SHOWN_OF_EACH + 1 else SHOWN_OF_EACH
    rest = _address(q=found.wanted.typed, **{"in": group.group.value}) if total > count else ""
    hits = _with_places(group.hits[:count], clinic)
    return ShownGroup(group.group, HEADINGS[group.group], hits, total, rest)


def _with_places(hits: Iterable[Hit], clinic: ClinicProfile) -> list[ShownHit]:
    places = {place.id: place for place in clinic.parts["places"].all}
    return [ShownHit(hit, places.get(hit.entry.pk)) for hit in hits]


def _address(**query: str) -> str:
    return f"?{urlencode(query)}"


def _help(entries: Entries) -> dict:
    conditions_url = address_of(entries, CONDITIONS_LIST)
    has_map = any(entry.is_on_map for entry in entries.values())
    return {
        "map_url": f"{conditions_url}{MAP_ANCHOR}" if conditions_url and has_map else "",
        "conditions_url": conditions_url,
        "treatments_url": address_of(entries, TREATMENTS_LIST),
        "titles": titles_to_try(entries),
    }
