"""What the library's releases say to the clinics: the newest note, and what replaces a retired page."""

from collections.abc import Iterable

from django.db.models import F, OuterRef, Subquery

from clinicsite.library.models import Release

_STATES = (Release.State.LIVE, Release.State.RETIRED)


class Notes:
    """The newest release to all, and the newest retirement, of each library page; one query for all."""

    def __init__(self, library_page_ids: Iterable[int]):
        same = Release.objects.filter(page_id=OuterRef("page_id"), state=OuterRef("state"))
        newest = same.order_by(F("live_at").desc(nulls_last=True), "-pk").values("pk")[:1]
        rows = Release.objects.filter(page_id__in=set(library_page_ids), state__in=_STATES)
        rows = rows.filter(pk=Subquery(newest)).only("page", "state", "note", "replaced_by")
        self._newest = {(row.page_id, row.state): row for row in rows}

    def note_of(self, library_page_id, *, is_live) -> str:
        """What was said when the page was last released, or retired if it is live no more."""
        release = self._of(library_page_id, is_live)
        return release.note.strip() if release else ""

    def replacement_of(self, library_page_id) -> int | None:
        """The key of the library page that takes the place of a retired one."""
        release = self._of(library_page_id, is_live=False)
        return release.replaced_by_id if release else None

    def _of(self, library_page_id, is_live):
        state = Release.State.LIVE if is_live else Release.State.RETIRED
        return self._newest.get((library_page_id, state))
