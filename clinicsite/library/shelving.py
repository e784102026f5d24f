"""What happens to a library page's sections when it is saved: their own ids, their index, what it dropped.

All of it is in proportion to the library page, never to the clinics that follow it.
"""

from uuid import UUID, uuid4, uuid5

from django.utils import timezone

from clinicsite.library.composition import Lock, Section
from clinicsite.library.meaning import fingerprint
from clinicsite.library.releasing.recording import is_recorded_by_caller, with_release_under_way
from clinicsite.library.releasing.versions import version_to_keep
from clinicsite.library.sections import retire, retired_from_raw, sections_from_raw


def prepare(page):
    """Before a library page is written: own ids for its sections, and keep what it is about to drop."""
    # The row stays locked until it is written: of two publishes, one sees what the other dropped.
    pages = with_release_under_way(type(page).objects.select_for_update(no_key=True))
    stored = pages.filter(pk=page.pk).first() if page.pk else None
    if stored is None:
        give_own_ids(page)
        page.retired_sections = []
        page.version_before, page.has_release_under_way = None, False
        return
    if not _has_only_ids_of(page, stored):
        give_own_ids(page)
    takes_version = stored.live and not is_recorded_by_caller()
    page.retired_sections = retire(
        list(stored.sections.raw_data),
        list(page.sections.raw_data),
        stored.retired_sections,
        timezone.now(),
    )
    page.version_before = version_to_keep(stored) if takes_version else None
    page.has_release_under_way = stored.has_release_under_way


def give_own_ids(page):
    """Give a copied library page section ids of its own: clinics' overrides are kept under them.

    The new id follows from the page and the old id, so that the page and every revision copied with it
    agree on it, whenever each is saved, and even when the page it was copied from is gone.
    """
    raw = [dict(child) for child in page.sections.raw_data]
    ids = [child["id"] for child in raw]
    own = {section_id: str(uuid5(UUID(str(page.translation_key)), section_id)) for section_id in ids}
    foreign = _foreign_ids(page, own)
    twins = {index for index, section_id in enumerate(ids) if section_id in ids[:index]}
    if not foreign and not twins:
        return
    for index, child in enumerate(raw):
        child["id"] = own[child["id"]] if child["id"] in foreign else child["id"]
        child["id"] = str(uuid4()) if index in twins else child["id"]
    page.sections = raw


def _has_only_ids_of(page, stored):
    ids = [child["id"] for child in page.sections.raw_data]
    return len(ids) == len(set(ids)) and set(ids) <= {child["id"] for child in stored.sections.raw_data}


def _foreign_ids(page, own):
    """The ids that belong to another page, and those this page has exchanged for its own before.

    `own` is {id: the page's own in its place}.
    """
    from clinicsite.library.models import LibrarySection

    rows = LibrarySection.objects.filter(section_id__in=[*own, *own.values()])
    pairs = set(rows.order_by().values_list("page_id", "section_id"))
    mine = {section_id for page_id, section_id in pairs if page_id == page.pk}
    others = {section_id for page_id, section_id in pairs if page_id != page.pk}
    return {old for old, new in own.items() if new in mine or old in others - mine}


def write_index(page):
    """Write the rows that counts over all clinics ask: one for each section, the retired ones too."""
    from clinicsite.library.models import LibrarySection

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
    from clinicsite.library.models import LibrarySection

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
