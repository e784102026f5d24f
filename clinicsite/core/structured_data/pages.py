"""What any page has: itself, the way back, its questions, what it lists."""

from collections.abc import Iterable
from html import unescape
from typing import Any

from django.utils.html import strip_tags

from clinicsite.core.breadcrumbs import steps_to
from clinicsite.core.sharing import shared_picture

from .graph import Node, link, node
from .shown import Shown
from .text import questions_in

#: The names of a page's own description that patients never see.
_UNSEEN = {"search_description"}


def page_id(url: str) -> str:
    """The id of a page, apart from that of what it is about."""
    return f"{url}#page"


def plain_page(shown: Shown) -> list[Node]:
    """A page of no particular kind."""
    return [page_about(shown, "WebPage"), *breadcrumb(shown), *questions(shown)]


def page_about(shown: Shown, kind: str, *, name: str = "", **properties: Any) -> Node:
    """The page itself: its name is its main heading, its description what stands under that."""
    return node(
        kind,
        page_id(shown.url),
        url=shown.url,
        name=name or shown.page.title,
        description=description_of(shown.page),
        inLanguage=shown.clinic.language,
        image=picture_url(shown),
        dateModified=changed_on(shown.page),
        isPartOf=link(f"{shown.root_url}/#website"),
        publisher=link(f"{shown.root_url}/#organization"),
        breadcrumb=link(f"{shown.url}#breadcrumb") if not _is_front(shown) else None,
        hasPart=link(f"{shown.url}#questions") if questions_in(shown.stored_sections) else None,
        **properties,
    )


def breadcrumb(shown: Shown) -> list[Node]:
    """The way back as the page shows it: none on the front page."""
    if _is_front(shown):
        return []
    above = [(step.title, shown.root_url + step.url) for step in steps_to(shown.page, shown.clinic.menu)]
    steps = [("Home", f"{shown.root_url}/"), *above, (shown.page.title, shown.url)]
    items = [
        node("ListItem", position=number, name=name, item=link(url))
        for number, (name, url) in enumerate(steps, start=1)
    ]
    return [node("BreadcrumbList", f"{shown.url}#breadcrumb", itemListElement=items)]


def questions(shown: Shown) -> list[Node]:
    """The questions and answers that stand on the page; nothing where there are none."""
    asked = [
        node("Question", name=question, acceptedAnswer=node("Answer", text=answer))
        for question, answer in questions_in(shown.stored_sections)
    ]
    if not asked:
        return []
    return [node("FAQPage", f"{shown.url}#questions", isPartOf=link(page_id(shown.url)), mainEntity=asked)]


def collection(shown: Shown, entries: Iterable[Node]) -> list[Node]:
    """A page that lists things, in its order."""
    items = [node("ListItem", position=number, item=entry) for number, entry in enumerate(entries, start=1)]
    listed = node("ItemList", itemListElement=items) if items else None
    return [page_about(shown, "CollectionPage", mainEntity=listed), *breadcrumb(shown)]


def description_of(page) -> str:
    """The sentence under a page's main heading, in plain text."""
    texts = (getattr(page, name, None) for name in page.description_sources if name not in _UNSEEN)
    return unescape(strip_tags(next((text for text in texts if text), "")))


def changed_on(page) -> str:
    """When what a page shows last changed, as a machine reads it; nothing for a page that never went live."""
    return page.changed_at.isoformat(timespec="seconds") if page.changed_at else ""


def picture_url(shown: Shown) -> str:
    """The full address of the page's picture; nothing where it has none."""
    picture = shared_picture(shown.page, shown.root_url)
    return picture.url if picture else ""


def _is_front(shown: Shown) -> bool:
    return shown.url == f"{shown.root_url}/"
