"""Where the words of a clinic's own stand: on its pages, in its overrides and additions, in its settings."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Page

from clinicsite.clinics.models import ClinicSettings
from clinicsite.core.fields import ProseField
from clinicsite.library.models import SectionOverride
from clinicsite.library.stored_blocks import parts_of
from clinicsite.provisioning.bulk.plans import BulkError
from clinicsite.provisioning.bulk.replacing import Replaced, Search, replace_in_plain, replace_in_rich

#: Kinds of field that hold words. What is derived from them, such as an address, is a kind of its own.
WORDS = (models.CharField, models.TextField, ProseField, RichTextField)
#: Names of fields of such a kind without words: codes, postal addresses, what is asked of senders.
NO_WORDS = frozenset(
    {
        *("path", "url_path", "draft_title", "time_zone", "language", "languages"),
        *("street", "city", "region", "postal_code", "country"),
        *("register_name", "registration_number", "question", "accepted_answers"),
    }
)
#: Fields of a block that only the screens write, or that speak to clinics and not to patients.
NO_WORDS_IN_BLOCKS = frozenset({"anchor", "trail", "lock_reason"})
#: Rows below a page that are no words of the clinic's for patients.
NO_ROWS = frozenset({"wagtail_admin_comments", "suggested_results"})
#: The settings that are sentences. A name is changed under “Rename”.
SETTINGS = ("tagline", "free_consultation", "announcement", "call_heading", "call_text", "call_button")


class Words:
    """Replaces words in one thing after another, and remembers where.

    Args:
        search: what is replaced by what.

    `places` has a dictionary for each place, `texts` (where, before, after) of each text that was changed,
    and `left` says how many places were left, because formatting begins or ends within the words.
    """

    def __init__(self, search: Search):
        self.search = search
        self.places: list[dict[str, str]] = []
        self.texts: list[tuple[str, str, str]] = []
        self.left = 0

    def replace_on_page(self, page: Page) -> None:
        """Replace them on a page as it is in memory, and in its rows."""
        for field in word_fields(type(page)):
            self._field(page, field, _label(field))
        for relation in get_all_child_relations(type(page)):
            name = relation.get_accessor_name()
            if name in NO_ROWS:
                continue
            rows = list(getattr(page, name).all())
            # All of them, and not only as far as the first that is changed.
            if sum(self._row(row) for row in rows):
                setattr(page, name, rows)

    def replace_in_settings(self, settings: ClinicSettings) -> dict[str, str]:
        """Replace them in a clinic's settings in memory; gives {field: its new text}."""
        fields = [settings._meta.get_field(name) for name in SETTINGS]
        changed = [field for field in fields if self._field(settings, field, _label(field))]
        return {field.name: getattr(settings, field.name) for field in changed}

    def _row(self, row) -> bool:
        if isinstance(row, SectionOverride):
            return self._override(row)
        fields = word_fields(type(row))
        return bool(sum(self._field(row, field, f"{_name(row)}: {_label(field)}") for field in fields))

    def _override(self, row) -> bool:
        heading = self._text(row.heading, f"Section “{row.heading}”: heading", replace_in_plain)
        body = self._stream(row, row._meta.get_field("body"), f"Section “{row.heading or '…'}”")
        if heading == row.heading and body is None:
            return False
        _refuse_invalid(row._meta.get_field("heading"), heading, row)
        # By its own door: what it said before is kept, and no longer counts as reviewed.
        row.write(
            heading,
            row.body if body is None else body,
            row.base,
            is_heading_only=row.is_heading_only,
        )
        return True

    def _field(self, thing, field, where) -> bool:
        """Whether the field has another value now."""
        if isinstance(field, StreamField):
            raw = self._stream(thing, field, where)
            if raw is not None:
                setattr(thing, field.name, raw)
            return raw is not None
        replace = replace_in_rich if isinstance(field, RichTextField) else replace_in_plain
        before = getattr(thing, field.name)
        after = self._text(before, where, replace)
        if after == before:
            return False
        _refuse_invalid(field, after, thing)
        setattr(thing, field.name, after)
        return True

    def _stream(self, thing, field, where) -> list | None:
        """The stored children of a stream with the words replaced; None where there are none."""
        raw = list(getattr(thing, field.name).raw_data)
        before = len(self.texts)
        after = self._value(field.stream_block, raw, where)
        return after if len(self.texts) > before else None

    def _value(self, block: blocks.Block, raw: Any, where: str) -> Any:
        parts = parts_of(block, raw)
        if parts is None:
            return self._leaf(block, raw, where)
        values = []
        for part in parts:
            if part.block is None or part.name in NO_WORDS_IN_BLOCKS:
                values.append(part.value)
                continue
            values.append(self._value(part.block, part.value, _where(part, where)))
        if isinstance(block, blocks.StructBlock):
            return {part.name: value for part, value in zip(parts, values, strict=True)}
        return [part.with_value(value) for part, value in zip(parts, values, strict=True)]

    def _leaf(self, block, raw, where):
        if not isinstance(raw, str):
            return raw
        if isinstance(block, blocks.RichTextBlock):
            return self._text(raw, where, replace_in_rich)
        if not isinstance(block, blocks.CharBlock | blocks.TextBlock):
            return raw
        after = self._text(raw, where, replace_in_plain)
        if after != raw:
            try:
                block.clean(after)
            except ValidationError as error:
                raise BulkError(f"{where}: {' '.join(error.messages)}") from error
        return after

    def _text(self, before, where, replace) -> Any:
        if not before:
            return before
        done: Replaced = replace(before, self.search)
        self.left += done.left
        if done.found:
            self.texts.append((where, before, done.text))
            self.places += [{"where": where, **vars(found)} for found in done.found]
        return done.text


def word_fields(model: type[models.Model]) -> Iterator[models.Field]:
    """The fields of a model that hold words of whoever wrote it."""
    for field in model._meta.concrete_fields:
        is_words = isinstance(field, StreamField) or (type(field) in WORDS and not field.choices)
        if is_words and field.editable and field.name not in NO_WORDS and not field.primary_key:
            yield field


def _where(part, where):
    """A part in words: a section by its heading, anything else by what is around it."""
    heading = part.value.get("heading") if isinstance(part.value, dict) else ""
    return f"Section “{heading}”" if part.name == "section" and heading else where


def _refuse_invalid(field, value, thing):
    try:
        field.clean(value, thing)
    except ValidationError as error:
        raise BulkError(f"{_label(field)}: {' '.join(error.messages)}") from error


def _label(field):
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def _name(row):
    name = str(row._meta.verbose_name)
    return name[:1].upper() + name[1:]
