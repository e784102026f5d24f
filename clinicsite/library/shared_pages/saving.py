"""What happens when a page that can follow the library is saved.

A follower notes what it follows and what its review date is about. A library page gets ids of its own for its
sections, writes their rows, and keeps what it drops for the clinics that have not answered yet. All of it is
in proportion to the library page, never to the clinics that follow it.
"""

from uuid import UUID, uuid4, uuid5

from django.db import models, transaction
from django.utils import timezone

from clinicsite.library import review
from clinicsite.library.index_rows import write_rows
from clinicsite.library.models.library import LibrarySection
from clinicsite.library.protocols import LibraryReader
from clinicsite.library.stored import dict_or_empty
from clinicsite.library.versions.content import version_to_keep
from clinicsite.library.versions.dropping import dropped_by
from clinicsite.library.versions.recording import is_recorded_by_caller, with_release_under_way


class SavingMixin(models.Model):
    """How a page that can follow the library is stored, and read back from a revision."""

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        fields = kwargs.get("update_fields")
        if fields is not None and "sections" not in fields:
            return super().save(*args, **kwargs)
        self._note_what_it_follows()
        self._note_its_review()
        if self.is_follower or not self.is_in_library:
            return super().save(*args, **kwargs)
        with transaction.atomic():
            prepare(self)
            result = super().save(*args, **kwargs)
            write_rows(self)
        return result

    def save_revision(self, *args, **kwargs):
        self._note_what_it_follows()
        self._note_its_review()
        if not self.is_follower and self.is_in_library:
            give_own_ids(self)
        return super().save_revision(*args, **kwargs)

    def _note_what_it_follows(self):
        """Remember the library page as the clinic first saw it; a version accepted of another is no use."""
        if not self.is_follower or dict_or_empty(self.library_base).get("page") == self.library_page_id:
            return
        library_page = self.library_page
        self.held_sections = None
        self.forget_details()
        self.library_base = {
            "page": library_page.pk,
            "title": library_page.title,
            "slug": library_page.slug,
            "since": timezone.now().isoformat(),
        }

    def _note_its_review(self):
        """Remember which words of its own a follower's review date is about: newer ones are not reviewed."""
        noted = dict_or_empty(self.library_base).get("review")
        is_noted = noted and self.reviewed_on and noted.get("on") == self.reviewed_on.isoformat()
        if not self.is_follower or is_noted or (noted is None and self.reviewed_on is None):
            return
        self.forget_composition()
        self.library_base = {
            **dict_or_empty(self.library_base),
            "review": review.note_of(self) if self.reviewed_on else None,
        }

    @classmethod
    def from_serializable_data(cls, data, check_fks=True, strict_fks=False):
        # A revision may name a library page that has been deleted since; modelcluster cannot restore a
        # protected key that leads nowhere.
        if check_fks and data.get("library_page"):
            is_there = cls._default_manager.filter(pk=data["library_page"]).exists()
            data = data if is_there else {**data, "library_page": None}
        return super().from_serializable_data(data, check_fks=check_fks, strict_fks=strict_fks)


def prepare(page: LibraryReader):
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
    page.retired_sections = dropped_by(page, stored, timezone.now())
    page.version_before = version_to_keep(stored) if takes_version else None
    page.has_release_under_way = stored.has_release_under_way


def give_own_ids(page: LibraryReader):
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
    rows = LibrarySection.objects.filter(section_id__in=[*own, *own.values()])
    pairs = set(rows.order_by().values_list("page_id", "section_id"))
    mine = {section_id for page_id, section_id in pairs if page_id == page.pk}
    others = {section_id for page_id, section_id in pairs if page_id != page.pk}
    return {old for old, new in own.items() if new in mine or old in others - mine}
