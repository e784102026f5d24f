"""From the demo's Markdown to rich text as Wagtail stores it."""

import re
from dataclasses import dataclass, field

from markdown_it import MarkdownIt

_markdown = MarkdownIt("commonmark", {"html": False})
_LINK = re.compile(r'<a href="(modality|condition|post|practitioner):([a-z0-9-]+)">')
_CITATIONS = re.compile(r"\s?\[((?:@[a-z0-9]+(?:;\s*)?)+)\]")
#: Wagtail stores bold and italic under their old names.
_STORED_TAGS = {"strong>": "b>", "em>": "i>"}


class UnknownTargetError(LookupError):
    """A demo text links to a page or cites a reference that the demo does not have."""


@dataclass
class Targets:
    """What texts may point to: pages by (kind, slug), references by citation key as (id, label)."""

    pages: dict[tuple[str, str], int] = field(default_factory=dict)
    references: dict[str, tuple[int, str]] = field(default_factory=dict)

    def page(self, kind: str, slug: str) -> int:
        """The id of a page, or UnknownTargetError."""
        try:
            return self.pages[kind, slug]
        except KeyError:
            raise UnknownTargetError(f"No page {kind}:{slug} to link to.") from None

    def citation(self, key: str) -> str:
        """A citation as rich text stores it, or UnknownTargetError."""
        try:
            reference_id, label = self.references[key]
        except KeyError:
            raise UnknownTargetError(f"No reference {key} to cite.") from None
        return f'<a linktype="citation" id="{reference_id}">{label}</a>'


def rich_text(markdown: str, targets: Targets) -> str:
    """Markdown with `[words](modality:slug)` links and `[@key; @key]` citations as stored rich text."""
    html = _markdown.render(markdown.strip()).strip().replace(">\n<", "><").replace("\n", " ")
    for tag, stored in _STORED_TAGS.items():
        html = html.replace(tag, stored)
    html = _LINK.sub(lambda match: f'<a linktype="page" id="{targets.page(*match.groups())}">', html)
    return _CITATIONS.sub(lambda match: _citations(match.group(1), targets), html)


def _citations(keys: str, targets: Targets) -> str:
    names = (key.strip().removeprefix("@") for key in keys.split(";"))
    return "".join(targets.citation(name) for name in names if name)
