"""From the demo's TOML and Markdown to sections, blocks and rich text as Wagtail stores them."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import NAMESPACE_URL, uuid5

from clinicsite.provisioning.rich_text import markup

_LINK = re.compile(r'<a href="(modality|condition|post|practitioner):([a-z0-9-]+)">')
_PERSON = re.compile(r'<a href="person:([a-z0-9-]+)">')
_CITATIONS = re.compile(r"\s?\[((?:@[a-z0-9]+(?:;\s*)?)+)\]")


class UnknownTargetError(LookupError):
    """A demo text links to a page or cites a reference that the demo does not have."""


@dataclass
class Targets:
    """What texts may point to: pages by (kind, slug), references by citation key as (id, label)."""

    pages: dict[tuple[str, str], int] = field(default_factory=dict)
    references: dict[str, tuple[int, str]] = field(default_factory=dict)
    #: The papers that the clinic itself has brought, in the same way.
    own_references: dict[str, tuple[int, str]] = field(default_factory=dict)

    def page(self, kind: str, slug: str) -> int:
        """The id of a page, or UnknownTargetError."""
        try:
            return self.pages[kind, slug]
        except KeyError:
            raise UnknownTargetError(f"No page {kind}:{slug} to link to.") from None

    def citation(self, key: str) -> str:
        """A citation as rich text stores it, or UnknownTargetError."""
        for kind, known in (("own-citation", self.own_references), ("citation", self.references)):
            if key in known:
                reference_id, label = known[key]
                return f'<a linktype="clinicsite-{kind}" id="{reference_id}">{label}</a>'
        raise UnknownTargetError(f"No reference {key} to cite.")


def rich_text(markdown: str, targets: Targets) -> str:
    """Markdown as stored rich text.

    It has links as `[words](modality:slug)`, people as `[name](person:slug)` and citations as `[@key; @key]`.
    """
    html = _PERSON.sub(lambda match: _person(targets.page("practitioner", match[1])), markup(markdown))
    html = _LINK.sub(lambda match: f'<a linktype="page" id="{targets.page(*match.groups())}">', html)
    return _CITATIONS.sub(lambda match: _citations(match.group(1), targets), html)


def _person(page_id):
    return f'<a linktype="clinicsite-person" id="{page_id}">'


def _citations(keys: str, targets: Targets) -> str:
    names = (key.strip().removeprefix("@") for key in keys.split(";"))
    return "".join(targets.citation(name) for name in names if name)


def section_id(page_key: str, section_key: str) -> str:
    """The id of a section: the same each time the demo is built."""
    return str(uuid5(NAMESPACE_URL, f"clinicsite-demo/{page_key}#{section_key}"))


@dataclass
class BodyWriter:
    """Writes the sections of one page; `picture` finds a picture's id by its key."""

    page_key: str
    targets: Targets
    picture: Callable[[str], int]
    items_written: int = field(default=0, init=False)

    def sections(self, entries: list[dict]) -> list[dict]:
        """Sections of a clinical page or post, as its `sections` field stores them."""
        return [self._section(entry, {"kind": entry.get("kind", "other")}) for entry in entries]

    def plain_sections(self, entries: list[dict]) -> list[dict]:
        """Sections of a standard page, which have no kind."""
        return [self._section(entry, {}) for entry in entries]

    def additions(self, entries: list[dict], library_key: str, library_entries: list[dict]) -> list[dict]:
        """Sections a follower adds, each after the library section its entry names."""
        keys = [entry["key"] for entry in library_entries]
        return [self._section(entry, self._anchor(entry, library_key, keys)) for entry in entries]

    def body(self, ident: str, blocks: list[dict]) -> list[dict]:
        """The stored body of the section with this id."""
        return [self._block(ident, number, block) for number, block in enumerate(blocks)]

    def with_question(self, body: list[dict], item: dict) -> list[dict]:
        """A stored body with one more question in its first block of questions."""
        value = {"question": item["question"], "answer": self._words(item["answer"])}
        first = next(block for block in body if block["type"] == "questions")
        items = [*first["value"]["items"], *self._items([value])]
        longer = {**first, "value": {**first["value"], "items": items}}
        return [longer if block is first else block for block in body]

    def _anchor(self, entry, library_key, keys):
        fields = {"kind": entry.get("kind", "other")}
        if not entry.get("after"):
            return fields
        before = keys[: keys.index(entry["after"])]
        return fields | {
            "anchor": section_id(library_key, entry["after"]),
            "anchor_position": "after",
            "trail": [section_id(library_key, key) for key in before],
        }

    def _section(self, entry, fields):
        ident = section_id(self.page_key, entry.get("key") or entry["heading"])
        body = self.body(ident, entry["body"])
        return {
            "type": "section",
            "id": ident,
            "value": {**fields, "heading": entry["heading"], "body": body},
        }

    def _block(self, ident, number, block):
        write = getattr(self, f"_write_{block['type']}")
        return {"type": block["type"], "id": section_id(ident, str(number)), "value": write(block)}

    def _words(self, text):
        return rich_text(text, self.targets)

    def _titled(self, items):
        return [{"title": item["title"], "text": self._words(item.get("text", ""))} for item in items]

    def _write_paragraph(self, block):
        return self._words(block["text"])

    def _write_steps(self, block):
        return {"items": self._items(self._titled(block["items"]))}

    def _write_benefits(self, block):
        return {
            "intro": block.get("intro", ""),
            "is_numbered": block.get("numbered", False),
            "items": self._items(self._titled(block["items"])),
        }

    def _write_comparison(self, block):
        rows = [{"label": row["label"], "cells": self._items(row["cells"])} for row in block["rows"]]
        return {
            "caption": block["caption"],
            "columns": self._items(block["columns"]),
            "rows": self._items(rows),
        }

    def _write_grouped_list(self, block):
        groups = [
            {"heading": group["heading"], "items": self._items([self._words(one) for one in group["items"]])}
            for group in block["groups"]
        ]
        return {"groups": self._items(groups)}

    def _write_callout(self, block):
        return {
            "style": block["style"],
            "heading": block.get("heading", ""),
            "text": self._words(block["text"]),
        }

    def _write_questions(self, block):
        items = ({"question": i["question"], "answer": self._words(i["answer"])} for i in block["items"])
        return {"items": self._items(list(items))}

    def _write_quotation(self, block):
        return {"text": block["text"], "attribution": block.get("attribution", "")}

    def _write_picture(self, block):
        return {
            "image": self.picture(block["picture"]),
            "alt": block.get("alt", ""),
            "is_decorative": False,
            "caption": block.get("caption", ""),
        }

    def _write_warning_signs(self, block):
        return self.targets.page("warning-signs", block["signs"])

    def _items(self, values):
        """A list as a ListBlock stores it; an item without an id would not be read as one."""
        return [
            {"type": "item", "value": value, "id": section_id(self.page_key, self._number())}
            for value in values
        ]

    def _number(self):
        self.items_written += 1
        return f"item {self.items_written}"
