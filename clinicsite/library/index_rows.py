"""The rows that counts over all clinics ask: one for each section of a library page, `LibrarySection`.

Written whenever a library page is saved, and all of them anew after an upgrade, with every override's
fingerprint. What patients search is another index, see `search_index`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from wagtail.models import Page

from clinicsite.library.composition import Lock, Section
from clinicsite.library.equality import fingerprint
from clinicsite.library.models.library import LibrarySection
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.protocols import LibraryReader
from clinicsite.library.sections import retired_from_raw, section_from_base, sections_from_raw
from clinicsite.library.tree import in_library

BATCH = 500
#: What is compared to tell whether a row was written anew.
FIELDS = ("section_id", "position", "kind", "heading", "lock", "fingerprint", "is_retired", "changed_at")


@dataclass
class Rebuilt:
    """How much was read, and how much of it was not right."""

    pages: int = 0
    sections: int = 0
    sections_written: int = 0
    overrides: int = 0
    overrides_written: int = 0


def write_rows(page: LibraryReader):
    """Write the rows that counts over all clinics ask: one for each section, the retired ones too."""
    known = {row.section_id: row for row in LibrarySection.objects.filter(page_id=page.pk)}
    live = sections_from_raw(page.sections.raw_data)
    dropped = [one.section for one in retired_from_raw(page.retired_sections)]
    retired = [section for section in dropped if section.lock is not Lock.LOCKED]
    rows = [
        _row(page, section, position, position >= len(live), known.get(section.id))
        for position, section in enumerate([*live, *retired])
    ]
    gone = known.keys() - {row.section_id for row in rows}
    LibrarySection.objects.filter(page_id=page.pk, section_id__in=gone).delete()
    fields = ["position", "kind", "heading", "lock", "fingerprint", "is_retired", "changed_at"]
    LibrarySection.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["page", "section_id"], update_fields=fields
    )


def _row(page, section: Section, position, is_retired, known):
    mark = fingerprint(section)
    is_same = known and known.fingerprint == mark and known.is_retired == is_retired
    return LibrarySection(
        page_id=page.pk,
        section_id=section.id,
        position=position,
        kind=section.kind,
        heading=section.heading,
        lock=section.lock.value,
        fingerprint=mark,
        is_retired=is_retired,
        changed_at=known.changed_at if is_same else timezone.now(),
    )


def rebuild(page_models: Iterable[type[Page]]) -> Rebuilt:
    """Write whatever row differs from what its page says; running it again changes nothing.

    `page_models` are the page types that can follow the library.

    Needed where the measure of "the library changed" itself has changed: it says nothing about words, so no
    section counts as changed later than it was.
    """
    done = Rebuilt()
    keys = _library_pages(page_models, done)
    LibrarySection.objects.exclude(page_id__in=keys).delete()
    _rebuild_overrides(done)
    return done


def _library_pages(page_models: Iterable[type[Page]], done: Rebuilt) -> list[int]:
    keys = []
    for model in page_models:
        pages = model.objects.order_by("pk").filter(in_library(), library_page__isnull=True)
        for page in pages.iterator(chunk_size=100):
            keys.append(page.pk)
            _rebuild_page(page, done)
    done.pages = len(keys)
    return keys


def _rebuild_page(page, done):
    before = _rows_of(page)
    write_rows(page)
    _restore_moments(page, before)
    after = _rows_of(page)
    done.sections += len(after)
    done.sections_written += sum(before.get(key) != row for key, row in after.items())


def _rows_of(page):
    return {row["section_id"]: row for row in LibrarySection.objects.filter(page_id=page.pk).values(*FIELDS)}


def _restore_moments(page, before):
    """Keep when each section changed, and when a retired one was retired, which the page itself knows."""
    retired = {child["id"]: child.get("retired_at") for child in page.retired_sections}
    rows = list(LibrarySection.objects.filter(page_id=page.pk))
    for row in rows:
        known = before.get(row.section_id)
        if known and known["is_retired"] == row.is_retired:
            row.changed_at = known["changed_at"]
        elif row.is_retired and retired.get(row.section_id):
            row.changed_at = datetime.fromisoformat(retired[row.section_id])
    LibrarySection.objects.bulk_update(rows, ["changed_at"])


def _rebuild_overrides(done):
    for records in _batches_of_overrides():
        wrong = []
        for record in records:
            mark = fingerprint(section_from_base(record.section_id, record.compared_with))
            if record.base_fingerprint != mark:
                record.base_fingerprint = mark
                wrong.append(record)
        SectionOverride.objects.bulk_update(wrong, ["base_fingerprint"])
        done.overrides += len(records)
        done.overrides_written += len(wrong)


def _batches_of_overrides() -> Iterator[list[SectionOverride]]:
    records = SectionOverride.objects.order_by("pk").defer("body", "earlier_words")
    found = list(records[:BATCH])
    while found:
        yield found
        found = list(records.filter(pk__gt=found[-1].pk)[:BATCH])
