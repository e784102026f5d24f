"""Markdown, as a spec has it, to rich text as Wagtail stores it."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False})
#: A link in a spec to one of the clinic's own pages: [dry needling](treatment:dry-needling).
_LINK = re.compile(r'<a href="(treatment|condition):([a-z0-9-]+)">(.*?)</a>', re.DOTALL)
_LINK_TYPED = re.compile(r"\]\((treatment|condition):([a-z0-9-]+)\)")
#: Wagtail stores bold and italic under their old names.
_STORED_TAGS = {"strong>": "b>", "em>": "i>"}
NO_PAGES: Mapping[tuple[str, str], int] = MappingProxyType({})


def rich_text(markdown: str, pages: Mapping[tuple[str, str], int] = NO_PAGES) -> str:
    """Rich text of Markdown.

    Args:
        pages: (treatment or condition, slug) -> key of the page to which a link of that kind leads; the words
            of any other are left without a link.
    """
    return _LINK.sub(lambda match: _linked(pages.get((match[1], match[2])), match[3]), markup(markdown))


def markup(markdown: str) -> str:
    """The same with every link as it was written."""
    html = _markdown.render(markdown.strip()).strip().replace(">\n<", "><").replace("\n", " ")
    for tag, stored in _STORED_TAGS.items():
        html = html.replace(tag, stored)
    return html


def links_in(markdown: str) -> list[tuple[str, str]]:
    """(treatment or condition, slug) of each link to a page of the clinic's own."""
    return _LINK_TYPED.findall(markdown)


def _linked(page_id, words):
    return words if page_id is None else f'<a linktype="page" id="{page_id}">{words}</a>'
