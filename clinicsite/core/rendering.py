"""What the page being rendered knows: its clinic, where its links lead, how its citations are numbered.

Rich text is expanded deep inside templates, where Wagtail passes no request. The middleware opens one
`Rendering` for each request; a page fills it before its template runs, so that all links and all citations
of a page cost a fixed number of queries.
"""

import re
from collections.abc import Callable, Container, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from wagtail.models import Page, Site

from clinicsite.core.addresses import page_path

_LINK = re.compile(r'<a [^>]*linktype="page"[^>]*>')
#: A citation of the library's, or of a paper that the clinic itself has brought.
_CITATION = re.compile(r'<a [^>]*linktype="clinicsite-(own-)?citation"[^>]*>')
_TAG = re.compile(r"<a [^>]*>")
_PERSON = re.compile(r'<a [^>]*linktype="clinicsite-person"[^>]*>')
_ID = re.compile(r'\bid="([^"]*)"')
#: A key in the database; more digits than this would not fit its column.
_KEY = re.compile(r"[0-9]{1,18}")

#: Finds addresses for pages that lie outside the clinic: (page ids, site) -> {page id: path}.
LinkResolver = Callable[[set[int], Site], dict[int, str]]
_resolvers: list[LinkResolver] = []


def register_link_resolver(resolver: LinkResolver) -> None:
    """Add a way to find this clinic's own address for a page elsewhere, such as a library page."""
    if resolver not in _resolvers:
        _resolvers.append(resolver)


#: Finds the people that texts name, as they are shown there: (page ids, site) -> {page id: markup}.
PeopleFinder = Callable[[set[int], Site], dict[int, str]]
_people_finders: list[PeopleFinder] = []


def register_people_finder(finder: PeopleFinder) -> None:
    """Have the room that knows people say how each is shown where a text names them."""
    if finder not in _people_finders:
        _people_finders.append(finder)


#: What a text cites: the key of a reference, or "own-" and that of one that the clinic itself has brought.
ReferenceKey = int | str
OWN = "own-"


@dataclass
class CitationUse:
    """One reference as the page cites it: its number, and how often so far."""

    reference_id: ReferenceKey
    number: int
    marks: int = 0

    @property
    def anchors(self) -> list[str]:
        """The ids of the marks printed so far, for the way back from the list."""
        return [f"cite-{self.number}-{mark}" for mark in range(1, self.marks + 1)]


@dataclass
class Rendering:
    """One page being rendered for one clinic; `site` is None in the admin and on the agency's host."""

    site: Site | None = None
    links: dict[int, str | None] = field(default_factory=dict)
    citations: dict[ReferenceKey, CitationUse] = field(default_factory=dict)
    #: Which reference stands for one that is cited: the library has taken it over.
    same_references: dict[ReferenceKey, ReferenceKey] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)
    remembered: dict[str, Any] = field(default_factory=dict)
    #: How long the reader has waited for files of pictures that should have been there.
    seconds_for_pictures: float = 0.0

    def remember(self, name: str, find: Callable[[], Any]) -> Any:
        """A value found once for this page, such as the clinic's profile."""
        if name not in self.remembered:
            self.remembered[name] = find()
        return self.remembered[name]

    def prepare(self, texts: Iterable[str]) -> None:
        """Look up every page link and number every citation in the stored rich texts, in their order."""
        page_ids: list[int] = []
        people_ids: list[int] = []
        for text in texts:
            page_ids += _ids(_LINK, text)
            people_ids += _ids(_PERSON, text)
            for reference_id in cited_in(text):
                self.cite(reference_id)
        self.resolve(page_ids)
        self.meet(people_ids)

    def cite(self, reference_id: ReferenceKey) -> CitationUse:
        """The use of a reference, numbered on first sight."""
        reference_id = self.same_references.get(reference_id, reference_id)
        if reference_id not in self.citations:
            self.citations[reference_id] = CitationUse(reference_id, len(self.citations) + 1)
        return self.citations[reference_id]

    def unite(self, same: dict[ReferenceKey, ReferenceKey]) -> None:
        """Cite one reference in place of each that is the same; {cited: the one that stands for it}."""
        self.same_references.update(same)
        united: dict[ReferenceKey, CitationUse] = {}
        for key, use in self.citations.items():
            stands = same.get(key, key)
            united.setdefault(stands, use if stands == key else CitationUse(stands, use.number))
        self.citations = united

    def number_only(self, reference_ids: Container[ReferenceKey]) -> None:
        """Number the citations again without those of references that are gone; theirs becomes 0."""
        numbers = count(1)
        for use in self.citations.values():
            use.number = next(numbers) if use.reference_id in reference_ids else 0

    def resolve(self, page_ids: Iterable[int]) -> None:
        """Find the address of each page as this clinic's reader should reach it; None where there is none."""
        missing = {page_id for page_id in page_ids if page_id not in self.links}
        if not missing:
            return
        self.links.update(dict.fromkeys(missing))
        if self.site is None:
            return
        for find in (*_resolvers, _own_pages):
            unresolved = {page_id for page_id in missing if self.links[page_id] is None}
            if unresolved:
                self.links.update(find(unresolved, self.site))

    def meet(self, page_ids: Iterable[int]) -> None:
        """Find how each person is shown whom a text names; "" for one who is not, or no longer, there."""
        missing = set(page_ids) - self.people.keys()
        if not missing:
            return
        self.people.update(dict.fromkeys(missing, ""))
        for find in _people_finders if self.site else ():
            self.people.update(find(missing, self.site))

    def person(self, page_id: int) -> str:
        """How a person is shown where a text names them; "" where the name alone is to stand."""
        self.meet([page_id])
        return self.people[page_id]

    def url_of(self, page_id: int) -> str | None:
        """The address of a page for this clinic's reader, or None: then the link becomes plain text."""
        self.resolve([page_id])
        return self.links[page_id]


_current: ContextVar[Rendering | None] = ContextVar("rendering", default=None)


def current_rendering() -> Rendering:
    """The rendering under way; an empty one, of no clinic, outside any."""
    return _current.get() or Rendering()


@contextmanager
def rendering_for(site: Site | None) -> Iterator[Rendering]:
    """Render for a clinic: links resolve to it and citations count from 1."""
    rendering = Rendering(site=site)
    token = _current.set(rendering)
    try:
        yield rendering
    finally:
        _current.reset(token)


def key_or_none(text: str | int | None) -> int | None:
    """A database key as stored text or a request names it; None for anything that cannot be one."""
    return int(text) if _KEY.fullmatch(str(text)) else None


def strings_in(raw) -> Iterator[str]:
    """Every string of a stored StreamField value, in reading order."""
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for value in raw.values():
            yield from strings_in(value)
    elif isinstance(raw, list | tuple):
        for value in raw:
            yield from strings_in(value)


def cited_in(text: str) -> Iterator[ReferenceKey]:
    """What a stored rich text cites, in its order."""
    for match in _CITATION.finditer(text):
        for key in _ids(_TAG, match.group()):
            yield f"{OWN}{key}" if match[1] else key


def linked_page_ids(text: str) -> list[int]:
    """The keys of the pages that a stored rich text links to, in their order."""
    return _ids(_LINK, text)


def _ids(pattern: re.Pattern, text: str) -> list[int]:
    found = (_ID.search(tag) for tag in pattern.findall(text))
    keys = (key_or_none(match.group(1)) for match in found if match)
    return [key for key in keys if key is not None]


def _own_pages(page_ids: set[int], site: Site) -> dict[int, str | None]:
    root = site.root_page
    pages = Page.objects.live().descendant_of(root, inclusive=True).filter(pk__in=page_ids)
    paths = pages.values_list("pk", "url_path")
    return {pk: page_path(url_path, root.url_path) for pk, url_path in paths}
