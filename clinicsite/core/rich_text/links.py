"""Links and citations in rich text, expanded for the clinic whose page is being read."""

import re

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from wagtail.documents.rich_text import DocumentLinkHandler
from wagtail.images.rich_text import ImageEmbedHandler
from wagtail.rich_text import LinkHandler

from clinicsite.core.own_things import shown_here
from clinicsite.core.rendering import ReferenceKey, current_rendering, key_or_none
from clinicsite.core.rich_text.numbers import with_linked_numbers

_DEAD_LINK = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_CITATION = re.compile(r'<a data-citation="(own-)?([0-9]+)">.*?</a>', re.DOTALL)
_PERSON = re.compile(r'<a data-person="([0-9]+)">(.*?)</a>', re.DOTALL)


class ClinicPageLinkHandler(LinkHandler):
    """A page link leads to the clinic's own page, or becomes plain text; never to another clinic."""

    identifier = "page"

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        rendering = current_rendering()
        page_ids = [key_or_none(attrs.get("id")) or 0 for attrs in attrs_list]
        rendering.resolve(page_ids)
        urls = [rendering.url_of(page_id) for page_id in page_ids]
        return [f'<a href="{escape(url)}">' if url else "<a>" for url in urls]


class ClinicDocumentLinkHandler(DocumentLinkHandler):
    """A link to a document that the clinic's host does not give out becomes plain text."""

    @classmethod
    def get_many(cls, attrs_list):
        return [shown_here(document) for document in super().get_many(attrs_list)]


class ClinicImageEmbedHandler(ImageEmbedHandler):
    """A picture in the text that is another clinic's is left out, as one that was deleted is."""

    @classmethod
    def get_many(cls, attrs_list):
        return [shown_here(picture) for picture in super().get_many(attrs_list)]


def finish(html: str) -> SafeString:
    """Number citations, show people, link phone numbers, and unlink what leads nowhere on this clinic's site.

    `html` is rich text as Wagtail has expanded it from its own whitelist, so it is safe to print.
    """
    marked = _CITATION.sub(
        lambda match: citation_mark(match[1] + match[2] if match[1] else int(match[2])), html
    )
    named = _PERSON.sub(lambda match: current_rendering().person(int(match[1])) or match[2], marked)
    return mark_safe(with_linked_numbers(_DEAD_LINK.sub(r"\1", named)))


def citation_mark(reference_id: ReferenceKey) -> str:
    """The numbered mark of one use of a reference on the page; nothing where the reference is gone."""
    use = current_rendering().cite(reference_id)
    if not use.number:
        return ""
    use.marks += 1
    return (
        f'<sup class="citation"><a href="#ref-{use.number}" id="{use.anchors[-1]}" '
        f'aria-label="Reference {use.number}">[{use.number}]</a></sup>'
    )
