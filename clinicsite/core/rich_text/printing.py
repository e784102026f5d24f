"""Stored rich text as a clinic's reader gets it.

Wagtail expands rich text in one way for all pages of a project, and prints it through one template. Ours has
a way of its own instead, so that the pages of the project around keep theirs.
"""

from functools import cache

from django.utils.safestring import SafeString, mark_safe
from wagtail.blocks import RichTextBlock
from wagtail.rich_text import RichText

from clinicsite.core import wagtail_private
from clinicsite.core.rich_text.entries import in_one_line
from clinicsite.core.rich_text.links import (
    ClinicDocumentLinkHandler,
    ClinicImageEmbedHandler,
    ClinicPageLinkHandler,
    finish,
)


def printed(html: str) -> SafeString:
    """The HTML of a rich text that is stored as `html`, for the clinic whose page is being read."""
    return finish(_rewriter()(html))


@cache
def _rewriter():
    links = {one.identifier: one for one in (ClinicPageLinkHandler, ClinicDocumentLinkHandler)}
    return wagtail_private.rich_text_rewriter(
        links, {ClinicImageEmbedHandler.identifier: ClinicImageEmbedHandler}
    )


class ClinicRichText(RichText):
    """A rich text that prints itself for the clinic whose page is being read."""

    def __html__(self):
        return printed(self.source)


class EntryText(ClinicRichText):
    """An entry of a list, which prints itself without a paragraph of its own."""

    def __html__(self):
        # Nothing but the tags of paragraphs is taken out of what is safe already.
        return mark_safe(in_one_line(printed(self.source)))


class ClinicRichTextBlock(RichTextBlock):
    """A rich text of one of our pages; to be derived from."""

    def to_python(self, value):
        return self.normalize(super().to_python(value))

    def normalize(self, value):
        return ClinicRichText(super().normalize(value).source)

    def value_from_form(self, value):
        return self.normalize(super().value_from_form(value))
