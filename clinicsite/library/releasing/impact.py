"""What a release will change, for how many clinics: counted over all of them in a fixed number of queries."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import chain

from django.db.models import BooleanField, ExpressionWrapper, Q
from django.utils import timezone
from wagtail.models import Page, Site

from clinicsite.core.publishing import reasons_against_publishing
from clinicsite.library.composition import Action, Lock
from clinicsite.library.equality import same_words
from clinicsite.library.included import pages_including
from clinicsite.library.models.overrides import SectionOverride
from clinicsite.library.releasing.checks import warnings_about
from clinicsite.library.releasing.section_changes import ChangeKind, SectionChange, changes_between
from clinicsite.library.sections import sections_from_raw
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.library.versions.content import version_of, what_is_read
from clinicsite.library.versions.read_by_clinic import version_for_everyone

#: In place of an action: the clinic has a heading of its own over the library's text.
HEADING = "heading"


@dataclass(frozen=True)
class LiveFollower:
    """A live page of a clinic that follows a library page."""

    page_id: int
    site_id: int
    is_held: bool


@dataclass(frozen=True)
class SectionImpact:
    """One section that a release changes, with clinics counted: each once, however many pages it has."""

    change: SectionChange
    #: Clinics whose patients read the change at once.
    reading: int
    #: Clinics that have words of their own for it.
    own: int
    #: Clinics that hide it.
    hiding: int
    #: Clinics that hold the page, so that the change waits for their approval.
    holding: int


@dataclass(frozen=True)
class Impact:
    """What the newest draft of a library page changes for everybody."""

    sections: list[SectionImpact]
    unchanged: int
    #: The names of other fields that differ.
    fields: list[str]
    clinics: int
    pages: int
    holding: int
    #: Why the draft cannot go live.
    reasons: list[str]
    #: What is not right with it, though it can.
    warnings: list[str]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs that anybody reads."""
        return not self.sections and not self.fields


def impact_of(page: SharedPage, draft: SharedPage) -> Impact:
    """Compare a library page's draft with what every clinic has now, and count who it concerns."""
    now = version_for_everyone(page)
    live = sections_from_raw(now.sections.raw_data) if now else []
    coming = sections_from_raw(draft.sections.raw_data)
    changes = changes_between(live, coming, same_words)
    followers = followers_of_page(page)
    said = _said_about(page, [change.section.id for change in changes])
    new_words = [change.section for change in changes if change.has_new_words]
    return Impact(
        sections=[_count(change, followers, said[change.section.id]) for change in changes],
        unchanged=len(coming) - sum(1 for change in changes if change.draft),
        fields=_changed_fields(now, draft) if now else [],
        clinics=_clinics(followers),
        pages=len(followers),
        holding=_clinics(one for one in followers if one.is_held),
        reasons=reasons_against_publishing(draft),
        warnings=warnings_about(draft, new_words, _changed_on(draft)),
    )


def followers_of_page(page: SharedPage) -> list[LiveFollower]:
    """Every live page of a clinic that shows a library page; the queries do not grow with the clinics.

    Of warning signs these are the pages that name them, and the followers of those.
    """
    roots = dict(Site.objects.order_by("-pk").values_list("root_page__path", "pk"))
    is_held = ExpressionWrapper(Q(held_sections__isnull=False), output_field=BooleanField())
    pages = [found.live().annotate(holds=is_held).order_by() for found in _showing(page)]
    rows = chain.from_iterable(found.values_list("pk", "path", "holds") for found in pages)
    # Warning signs come live on a page that holds as well.
    found = ((pk, _site_above(path, roots), holds and not page.is_included) for pk, path, holds in rows)
    return [LiveFollower(pk, site_id, holds) for pk, site_id, holds in found if site_id is not None]


def _showing(page):
    """The pages of clinics that show a library page, by type."""
    if not page.is_included:
        return [type(page).objects.filter(library_page=page.pk)]
    naming = defaultdict(list)
    for one in pages_including(page):
        naming[type(one)].append(one.pk)
    return [model.objects.standing_for(keys) for model, keys in naming.items()]


def followers_by_site(page: SharedPage) -> dict[int, list[LiveFollower]]:
    """{site id: its live followers} of a library page."""
    found = defaultdict(list)
    for follower in followers_of_page(page):
        found[follower.site_id].append(follower)
    return dict(found)


def _site_above(path, roots):
    """The clinic a page lies in: the nearest site root above it."""
    lengths = range(len(path), 0, -Page.steplen)
    return next((roots[path[:length]] for length in lengths if path[:length] in roots), None)


def _said_about(page, section_ids):
    """{section id: {page id: action}} of what followers say instead of these sections."""
    followers = type(page).objects.live().filter(library_page=page.pk)
    records = SectionOverride.objects.filter(page__in=followers.values("pk"), section_id__in=section_ids)
    found = defaultdict(dict)
    names = ("section_id", "page_id", "action", "is_heading_only")
    rows = records.exclude(action=Action.RETURN.value).values_list(*names)
    for section_id, page_id, action, is_heading_only in rows:
        found[section_id][page_id] = HEADING if is_heading_only and action == Action.REPLACE else action
    return found


def _count(change, followers, said):
    own = [one for one in followers if _is_asked(change, said.get(one.page_id))]
    hiding = [one for one in followers if said.get(one.page_id) == Action.HIDE]
    waiting = [one for one in followers if one.is_held and not change.is_locked]
    return SectionImpact(
        change,
        reading=_clinics(one for one in followers if _reads(change, one, said)),
        own=_clinics(own),
        hiding=_clinics(hiding),
        holding=_clinics(one for one in waiting if one.page_id not in said),
    )


def _is_asked(change, action):
    """Whether a clinic has words of its own in place of what changes."""
    return action == Action.REPLACE or (action == HEADING and change.renames)


def _reads(change, follower, said):
    """Whether the patients of a page read the change at once."""
    if change.is_locked:
        return True
    if follower.is_held or ChangeKind.REMOVED in change.kinds:
        # What the library drops stays with each clinic until it answers.
        return False
    action = said.get(follower.page_id)
    # A section that no clinic may hide any more shows, whatever a clinic wished before.
    return action in (None, HEADING) or (action == Action.HIDE and change.section.lock is Lock.ADAPT)


def _clinics(followers):
    return len({follower.site_id for follower in followers})


def _changed_fields(now, draft):
    was, coming = what_is_read(version_of(now)), what_is_read(version_of(draft))
    names = [name for name in coming if name != "sections" and was.get(name) != coming[name]]
    return [_label(draft, name) for name in names]


def _label(page, name):
    field = page._meta.get_field(name)
    return str(getattr(field, "verbose_name", "") or name.replace("_", " "))


def _changed_on(draft):
    revision = draft.latest_revision
    moment = revision.created_at if revision else draft.last_published_at
    return timezone.localdate(moment) if moment else timezone.localdate()
