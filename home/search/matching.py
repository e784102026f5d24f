"""What the database's search index holds: which pages have the words, and the words of a page.

Wagtail's index has an entry for each page, written as the clinic's own patients read it: a follower's entry
holds the composed page. Both databases are asked for whole words alone, which the two read the same way;
endings, beginnings and slips of the finger are dealt with before (`vocabulary`), the order afterwards
(`ranking`).
"""

from collections.abc import Iterable, Sequence
from functools import reduce
from html import unescape
from operator import and_, or_

from modelsearch.query import PlainText, SearchQuery
from wagtail.models import Page, Site
from wagtail.search.backends import get_search_backend

from clinicsite.core import wagtail_private
from clinicsite.home.search.catalogue import Entry
from clinicsite.home.search.ranking import Part


def pages_with_all(site: Site, parts: Sequence[Part]) -> set[int]:
    """The keys of a clinic's pages that hold each of these parts in one of its ways; one query."""
    if not parts or not all(part.ways for part in parts):
        return set()
    return _pages(site, reduce(and_, map(_one_way_of, parts)))


def pages_with_any(site: Site, parts: Iterable[Part]) -> set[int]:
    """The keys of a clinic's pages that hold any of the words; one query."""
    words = {word for part in parts for word in part.forms}
    return _pages(site, _any_of(words)) if words else set()


def texts_of(entries: Iterable[Entry]) -> dict[int, str]:
    """{page key: the text patients find it by, without its title}; one query."""
    entries = list(entries)
    keys, types = [entry.pk for entry in entries], [entry.content_type_id for entry in entries]
    return {pk: unescape(text) for pk, text in wagtail_private.indexed_texts(keys, types)}


def _one_way_of(part: Part) -> SearchQuery:
    return reduce(or_, (reduce(and_, map(_any_of, way.forms)) for way in part.ways))


def _any_of(words: Iterable[str]) -> SearchQuery:
    return reduce(or_, (PlainText(word) for word in sorted(words)))


def _pages(site: Site, query: SearchQuery) -> set[int]:
    pages = Page.objects.live().descendant_of(site.root_page)
    # Each database's own order of relevance counts differently, and SQLite's asks the index once a page.
    results = get_search_backend().search(query, pages, order_by_relevance=False)
    return {page.pk for page in results}
