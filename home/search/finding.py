"""A whole search: what was meant, which pages answer it, in what order, and what a clinic suggests."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

from wagtail.models import Site

from clinicsite.clinics.profile import ClinicProfile
from clinicsite.home.search.catalogue import Entries, Entry, Group, catalogue_of
from clinicsite.home.search.extracts import Piece, Value, extract, marked
from clinicsite.home.search.matching import pages_with_all, pages_with_any, texts_of
from clinicsite.home.search.models import SuggestedResult
from clinicsite.home.search.ranking import (
    IN_TITLE,
    IS_TITLE,
    Candidate,
    Forms,
    Part,
    Score,
    candidate,
    is_named_by_some,
    is_typed_on,
    named_by,
    score,
)
from clinicsite.home.search.synonyms import synonyms
from clinicsite.home.search.vocabulary import vocabulary_of
from clinicsite.home.search.wanted import LEADS_WORTH, Wanted, wanted_by
from clinicsite.home.search.words import stem

#: Texts are read of so many pages at most; more than this nobody looks through.
MOST_PAGES = 200
#: A page with less than this of what was looked for, by how much each word tells, answers something else.
LEAST_FOUND = 0.35
#: Of pages with some of the words, so many are worth a look.
MOST_PARTLY = 20


@dataclass(frozen=True)
class Hit:
    """A page that answers, with the words to mark in it."""

    entry: Entry
    score: Score
    text: str
    forms: Forms
    words: Candidate
    values: dict[str, Value]

    @cached_property
    def title(self) -> list[Piece]:
        """Its title, in pieces."""
        return marked(self.entry.title, self.forms)

    @cached_property
    def other_name(self) -> list[Piece]:
        """The other name that answers, in pieces; nothing where none does, or the title answers as well."""
        if self.has_other_names and self.score.place in (IN_TITLE, IS_TITLE):
            return []
        named = (marked(name, self.forms) for name in self.entry.names)
        return next((pieces for pieces in named if any(piece.is_marked for piece in pieces)), [])

    @property
    def has_other_names(self) -> bool:
        """Whether its other names are words for the same thing, as a person's profession is not."""
        return self.entry.group in (Group.CONDITIONS, Group.TREATMENTS)

    @cached_property
    def extract(self) -> list[Piece]:
        """The part of its text that answers, in pieces."""
        return extract(self.text, self.forms, self.values)


@dataclass(frozen=True)
class FoundGroup:
    """The pages of one kind, the best first."""

    group: Group
    hits: list[Hit]


@dataclass(frozen=True)
class Found:
    """What a search has found."""

    wanted: Wanted
    entries: Entries
    groups: list[FoundGroup] = field(default_factory=list)
    suggested: list[Hit] = field(default_factory=list)
    is_partial: bool = False
    #: Words that no page shown has, each with what was looked for in its place.
    led: list[tuple[str, list[str]]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many pages are shown, suggested ones included."""
        return len(self.suggested) + sum(len(group.hits) for group in self.groups)

    @property
    def missed(self) -> bool:
        """Whether the site had no page for what was typed."""
        return not self.total or (self.is_partial and not self.suggested)

    def group(self, name: str) -> FoundGroup | None:
        """The pages of a kind, by the name it has in an address."""
        return next((group for group in self.groups if group.group == name), None)


def find(site: Site, clinic: ClinicProfile, typed: str) -> Found:
    """Everything on a clinic's site that answers what was typed; a fixed number of queries."""
    entries = catalogue_of(site)
    wanted = wanted_by(typed, vocabulary_of(site, clinic, entries), synonyms())
    suggested = _suggested(site, entries, wanted)
    pages = _with_all(site, entries, wanted.parts)
    is_partial = not pages
    if is_partial:
        pages = [entries[pk] for pk in pages_with_any(site, wanted.parts) if pk in entries]
    hits = _ranked([*suggested, *(page for page in pages if page not in suggested)], wanted)
    chosen = [hit for hit in hits if hit.entry in suggested]
    others = [hit for hit in hits if hit.entry not in suggested]
    if is_partial:
        others = _worth_a_look(others, wanted)
    return Found(
        wanted=wanted,
        entries=entries,
        groups=_grouped(others),
        suggested=sorted(chosen, key=lambda hit: suggested.index(hit.entry)),
        is_partial=is_partial,
        led=_led(wanted, hits),
    )


def _worth_a_look(hits: list[Hit], wanted: Wanted) -> list[Hit]:
    """Of pages with some of the words, those with enough of them; first those that are about one of them."""
    named = [hit for hit in hits if is_named_by_some(hit.words, wanted.parts)]
    rest = [hit for hit in hits if hit not in named and hit.score.found >= LEAST_FOUND]
    return (named + rest)[:MOST_PARTLY]


def _led(wanted: Wanted, hits: list[Hit]) -> list[tuple[str, list[str]]]:
    """The words that the pages found have only what they lead to for, such as an insurer that none names."""
    pairs = zip(wanted.parts, wanted.led, strict=True)
    return [
        led
        for part, led in pairs
        if led[1] and not any(is_typed_on(hit.words, part, LEADS_WORTH) for hit in hits)
    ]


def _with_all(site: Site, entries: Entries, parts: list[Part]) -> list[Entry]:
    """The pages that hold all parts, those named by them first."""
    held = pages_with_all(site, parts)
    named = [entry for entry in entries.values() if named_by(entry.title, entry.all_names, parts)]
    return named + [entry for entry in entries.values() if entry.pk in held and entry not in named]


def _suggested(site: Site, entries: Entries, wanted: Wanted) -> list[Entry]:
    """The pages that the clinic puts first for these words, in its order; never one it may not show."""
    rows = SuggestedResult.objects.filter(home=site.root_page_id)
    chosen = [row.page_id for row in rows if any(_is_asked(row.phrases, words) for words in wanted.asked)]
    return [entries[pk] for pk in dict.fromkeys(chosen) if pk in entries]


def _is_asked(phrases: list[list[str]], asked: set[str]) -> bool:
    return any({stem(word) for word in phrase} <= asked for phrase in phrases)


def _ranked(pages: list[Entry], wanted: Wanted) -> list[Hit]:
    pages = pages[:MOST_PAGES]
    texts = texts_of(pages) if pages else {}
    hits = [_hit(page, texts.get(page.pk, ""), wanted) for page in pages]
    return sorted(hits, key=lambda hit: (*(-value for value in hit.score.order), hit.entry.title))


def _hit(page: Entry, text: str, wanted: Wanted) -> Hit:
    # The text of a treatment or condition ends with its other names, which are shown by themselves.
    text = text.rstrip().removesuffix(", ".join(page.names))
    words = candidate(page.title, page.all_names, text)
    return Hit(page, score(words, wanted.parts), text, wanted.forms, words, wanted.values)


def _grouped(hits: Iterable[Hit]) -> list[FoundGroup]:
    """The hits by kind, the kind with the best one first."""
    by_group: dict[Group, list[Hit]] = {}
    for hit in hits:
        by_group.setdefault(hit.entry.group, []).append(hit)
    order = list(Group)

    def rank(group: FoundGroup) -> tuple[float, int, float, int]:
        found, place, weight = group.hits[0].score.order
        return -found, -place, -weight, order.index(group.group)

    return sorted((FoundGroup(*item) for item in by_group.items()), key=rank)
