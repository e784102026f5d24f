"""What patients looked for and did not find, for their clinic to see: words and a number, nothing of who."""

import re
from datetime import date, timedelta

from django.core.cache import cache
from django.db.models import F, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac
from wagtail.models import Site

from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.home.search.models import MissedSearch
from clinicsite.home.search.words import MOST_LETTERS, words_in

DAY = 24 * 60 * 60
#: After this time without anybody looking for the words they are forgotten.
KEPT_DAYS = 90
#: So many different searches are kept of a clinic; a robot must not fill the table.
MOST_KEPT = 500
#: Searches are shown once they were made so often.
FEWEST_SHOWN = 2
#: More words than this are a story rather than a search, and a story may be somebody's own.
MOST_WORDS = 5

#: What could be an address, a number to call or a number of a person: never kept.
_PERSONAL = re.compile(r"@|\d[\d\s().+-]{3,}\d|https?:|www\.", re.IGNORECASE)


def note_missed(site: Site, typed: str, sender: str) -> None:
    """Count a search that found nothing, without its case and signs; never what may be somebody's own.

    `sender` tells one patient from another and names neither. The same words of one patient count once a day,
    so that what is counted twice was looked for by two, or on two days.
    """
    words = words_in(typed)
    if _PERSONAL.search(typed) or not 0 < len(words) <= MOST_WORDS:
        return
    text, today = " ".join(words), timezone.localdate()
    # In lower case some letters become two.
    if len(text) > MOST_LETTERS or not _is_first_today(site, text, sender):
        return
    rows = MissedSearch.objects.filter(site=site)
    if rows.filter(words=text, last_on__gte=first_day_kept()).update(times=F("times") + 1, last_on=today):
        return
    forget_old(rows)
    if rows.count() < MOST_KEPT:
        MissedSearch.objects.get_or_create(site=site, words=text, defaults={"last_on": today})


def _is_first_today(site: Site, text: str, sender: str) -> bool:
    asked = salted_hmac(
        "clinicsite.home.search.missing", f"{site.pk} {timezone.localdate()} {sender} {text}"
    ).hexdigest()
    return cache.add(f"missed_search:{asked}", True, DAY)


def missed_by(user) -> QuerySet[MissedSearch]:
    """What was looked for in vain, more than once, on the sites of clinics that a person looks after.

    What was typed on one day by one patient alone may be their own story, so it is shown to nobody.
    """
    rows = MissedSearch.objects.filter(site__in=scope_at_work(user).sites(), last_on__gte=first_day_kept())
    return rows.filter(times__gte=FEWEST_SHOWN)


def forget_old(rows: QuerySet[MissedSearch] | None = None) -> int:
    """Delete, among these or all, what nobody has looked for within the time kept; how many were deleted."""
    rows = MissedSearch.objects.all() if rows is None else rows
    return rows.filter(last_on__lt=first_day_kept()).delete()[0]


def first_day_kept() -> date:
    """The first day of the time that missed searches are kept for."""
    return timezone.localdate() - timedelta(days=KEPT_DAYS)
