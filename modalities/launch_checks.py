"""What is looked at before a launch of clinical pages: that somebody has checked them, not too long ago."""

from datetime import timedelta

from django.utils import timezone

from clinicsite.clinics.launching.checks import Fix, LaunchCheck, is_open, named, ok, register_launch_check
from clinicsite.clinics.launching.subject import edit_url
from clinicsite.library.composition import Action
from clinicsite.library.models import SectionOverride
from clinicsite.library.section_kinds import NOT_CLINICAL
from clinicsite.library.stored import dict_or_empty
from clinicsite.modalities.models import ConditionPage, ModalityPage

#: NHS England reviews its pages on health every three years (NHS content policy).
OLDEST = timedelta(days=3 * 365)


class ReviewCheck(LaunchCheck):
    """Clinical pages are checked by a clinician; what the clinic has written itself as well."""

    name, title, order = "reviews", "Checked by a clinician", 140

    def look(self, subject):
        pages = [
            page
            for model in (ModalityPage, ConditionPage)
            for page in subject.live(model).select_related("library_page").order_by("path")
        ]
        if not pages:
            words = "There is no treatment and no condition yet that patients can read."
            return is_open(words, [Fix("Pages of the clinic", subject.pages_url)])
        own_words = _pages_with_unchecked_words(pages)
        if own_words:
            words = f"Nobody has checked the clinic’s own words on {named(page.title for page in own_words)}."
            return is_open(words, _fixes(own_words))
        none = [page for page in pages if _checked_on(page) is None]
        if none:
            words = f"No clinician has checked {named(page.title for page in none)} yet."
            return is_open(words, _fixes(none))
        last = timezone.localdate() - OLDEST
        old = [page for page in pages if _checked_on(page) < last]
        if old:
            words = f"It is over three years since {named(page.title for page in old)} was checked."
            return is_open(words, _fixes(old))
        return ok("Every treatment and condition was checked within three years.")


def _checked_on(page):
    source = page.library_page or page
    return source.reviewed_on


def _pages_with_unchecked_words(pages):
    """Those with sections of the clinic's own that have no date, neither by themselves nor with the page."""
    by_key = {page.pk: page for page in pages if page.library_page_id}
    rows = SectionOverride.objects.filter(
        page__in=by_key, action=Action.REPLACE.value, reviewed_on=None, page__live=True
    )
    keys = {
        key
        for key, base in rows.values_list("page_id", "base")
        if dict_or_empty(base).get("kind") not in NOT_CLINICAL
    }
    return [page for key, page in by_key.items() if key in keys and not _is_checked_as_a_whole(page)]


def _is_checked_as_a_whole(page):
    return page.reviewed_on is not None and bool(dict_or_empty(page.library_base).get("review"))


def _fixes(pages):
    return [Fix(f"Edit {page.title}", edit_url(page)) for page in pages]


def register() -> None:
    """Put these lines into the checklist."""
    register_launch_check(ReviewCheck)
