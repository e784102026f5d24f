"""What the questions ask of the database, in a few queries: followers, dates, and what releases say."""

from collections.abc import Iterable, Sequence

from django.db.models import Exists, F, Max, OuterRef, Q, Subquery
from django.db.models.fields.json import KT
from wagtail.models import PageLogEntry, Site

from clinicsite.library.models.library import LibrarySection
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.models.releases import Release
from clinicsite.library.shared_pages.page import SharedPage, shared_page_models


class Dates:
    """When the library did what it did, for all questions at once."""

    def __init__(self, pages: Sequence):
        keys = {page.library_page_id for page in pages}
        rows = LibrarySection.objects.filter(page_id__in=keys)
        self.sections = {
            (page_id, section_id): moment
            for page_id, section_id, moment in rows.values_list("page_id", "section_id", "changed_at")
        }
        retired = {page.library_page_id for page in pages if not page.library_page.live}
        unpublished = PageLogEntry.objects.filter(page_id__in=retired, action="wagtail.unpublish")
        last = unpublished.values("page_id").annotate(last=Max("timestamp"))
        self.pages = dict(last.values_list("page_id", "last"))

    def of_section(self, page: SharedPage, section_id):
        return self.sections.get((page.library_page_id, section_id))

    def of_page(self, page: SharedPage):
        return self.pages.get(page.library_page_id) or page.library_page.last_published_at


def followers(site: Site) -> list:
    """Every follower of a clinic with its library page and overrides."""
    return _loaded(_following(model, site) for model in shared_page_models())


def followers_with_news(site: Site) -> list:
    """The followers that may have a question: all others need not be loaded."""
    return _loaded(_with_news(model, site) for model in shared_page_models())


def _with_news(model, site):
    overridden = SectionOverride.objects.filter(page_id=OuterRef("pk"))
    retired = LibrarySection.objects.filter(page_id=OuterRef("library_page_id"), is_retired=True)
    has_news = (
        Exists(overridden)
        | Exists(retired)
        | Q(held_sections__isnull=False)
        | Q(has_unpublished_changes=True)
        | Q(library_page__live=False)
        | ~Q(known_title=F("library_page__title"))
        | ~Q(known_slug=F("library_page__slug"))
    )
    known = {"known_title": KT("library_base__title"), "known_slug": KT("library_base__slug")}
    return _following(model, site).alias(**known).filter(has_news)


def _following(model, site):
    return model.objects.of_site(site).filter(library_page__isnull=False)


def _loaded(querysets) -> list:
    """The pages with all that their questions ask for; one query for the overrides of all."""
    pages = []
    for queryset in querysets:
        pages += queryset.select_related("library_page", "latest_revision").prefetch_workflow_states()
    records: dict[int, list] = {page.pk: [] for page in pages}
    for record in SectionOverride.objects.filter(page_id__in=records):
        records[record.page_id].append(record)
    for page in pages:
        page.override_records = records[page.pk]
    return pages


def draft_of(page: SharedPage):
    draft = page.get_latest_revision_as_object()
    if draft.library_page_id == page.library_page_id:
        draft.library_page = page.library_page
    return draft


_STATES = (Release.State.LIVE, Release.State.RETIRED)


class Notes:
    """The newest release to all, and the newest retirement, of each library page; one query for all.

    `pilots` are the keys of releases that the clinic tries before the others: it reads their notes instead.
    """

    def __init__(self, library_page_ids: Iterable[int], pilots: Iterable[int] = ()):
        same = Release.objects.filter(page_id=OuterRef("page_id"), state=OuterRef("state"))
        newest = same.order_by(F("live_at").desc(nulls_last=True), "-pk").values("pk")[:1]
        rows = Release.objects.filter(page_id__in=set(library_page_ids), state__in=_STATES)
        rows = rows.filter(pk=Subquery(newest)) | Release.objects.filter(pk__in=list(pilots))
        rows = rows.only("page", "state", "note", "replaced_by")
        self._newest = {(row.page_id, row.state): row for row in rows}

    def is_on_pilot(self, library_page_id) -> bool:
        """Whether the clinic tries a version of the page that others do not have yet."""
        return (library_page_id, Release.State.PILOT) in self._newest

    def note_read(self, library_page_id) -> str:
        """What was said of the version that the clinic reads of a live page; a pilot has its own note."""
        if self.is_on_pilot(library_page_id):
            return self._newest[library_page_id, Release.State.PILOT].note.strip()
        return self.note_of(library_page_id, is_live=True)

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
