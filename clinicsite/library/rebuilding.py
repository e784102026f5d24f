"""Writing the library's index rows and every override's fingerprint anew, as after an upgrade."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from clinicsite.library.links import in_library, shared_page_models
from clinicsite.library.meaning import fingerprint
from clinicsite.library.models import LibrarySection, SectionOverride
from clinicsite.library.sections import section_from_base
from clinicsite.library.shelving import write_index

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


def rebuild() -> Rebuilt:
    """Write whatever row differs from what its page says; running it again changes nothing.

    Needed where the measure of "the library changed" itself has changed: it says nothing about words, so no
    section counts as changed later than it was.
    """
    done = Rebuilt()
    keys = _library_pages(done)
    LibrarySection.objects.exclude(page_id__in=keys).delete()
    _rebuild_overrides(done)
    return done


def _library_pages(done: Rebuilt) -> list[int]:
    keys = []
    for model in shared_page_models():
        pages = model.objects.order_by("pk").filter(in_library(), library_page__isnull=True)
        for page in pages.iterator(chunk_size=100):
            keys.append(page.pk)
            _rebuild_page(page, done)
    done.pages = len(keys)
    return keys


def _rebuild_page(page, done):
    before = _rows_of(page)
    write_index(page)
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
            mark = fingerprint(section_from_base(record.section_id, record.base))
            if record.base_fingerprint != mark:
                record.base_fingerprint = mark
                wrong.append(record)
        SectionOverride.objects.bulk_update(wrong, ["base_fingerprint"])
        done.overrides += len(records)
        done.overrides_written += len(wrong)


def _batches_of_overrides() -> Iterator[list[SectionOverride]]:
    records = SectionOverride.objects.order_by("pk").only("section_id", "base", "base_fingerprint")
    found = list(records[:BATCH])
    while found:
        yield found
        found = list(records.filter(pk__gt=found[-1].pk)[:BATCH])
