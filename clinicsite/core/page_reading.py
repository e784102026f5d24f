"""What a page has read while it was rendered, and until when it stands if nobody changes a thing."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import time

from django.core.cache import cache
from django.utils import timezone
from wagtail.models import Site

#: Under this name a request carries its `Reading`, from the server to whoever renders and back.
CARRIED = "clinicsite_page_reading"
#: And under this whether a clinic's host was asked.
OF_A_CLINIC = "clinicsite_of_a_clinic"
#: No page is kept longer, whatever it shows.
LONGEST = timedelta(days=1)
#: What is read before anybody notes it, or through other caches that say when they are out of date.
ALWAYS_READ = frozenset(
    {"wagtailcore_site", "wagtailcore_page", "wagtailcore_locale", "clinicsite_clinics_clinicsettings"}
)
#: Tables whose writes nobody notes; see `page_cache.owners.register_unread`.
UNREAD: set[str] = set()
_TABLES = re.compile(r'\b(?:FROM|JOIN)\s+"?(\w+)"?', re.IGNORECASE)

#: Says when a clinic's pages will next read differently by themselves: (site, now) -> moment or None.
Clock = Callable[[Site, datetime], datetime | None]
_clocks: list[Clock] = []
_structure: set[str] = set()
_parameters: set[str] = set()


@dataclass
class Reading:
    """What is known of one answer; `site_id` stays None where it must not be kept."""

    site_id: int | None = None
    until: float = 0.0
    tables: set[str] = field(default_factory=lambda: set(ALWAYS_READ))
    why_not: str = "not a clinic's page"
    at_most: float = LONGEST.total_seconds()


_current: ContextVar[Reading | None] = ContextVar("clinicsite_reading", default=None)


def register_clock(clock: Clock) -> None:
    """Add something that changes pages by the time alone, such as opening hours."""
    if clock not in _clocks:
        _clocks.append(clock)


def register_parameters(*names: str) -> None:
    """Name parameters of a query string by which a page differs; an address with others is never kept."""
    _parameters.update(names)


def known_parameters() -> set[str]:
    """The names of all that are known."""
    return _parameters


def register_structure(key: str) -> None:
    """Name a key of the cache under which a process without a shared one remembers how the tree lies."""
    _structure.add(key)


def forget_structure() -> None:
    """Have all of that read again: somebody has changed something, perhaps in another process."""
    cache.delete_many(_structure)


def keep_at_most(seconds: float) -> None:
    """Say that what is being rendered lacks something for now, such as a picture that is still to be made."""
    reading = _current.get()
    if reading is not None:
        reading.at_most = min(reading.at_most, seconds)


@contextmanager
def noted(request, site: Site | None) -> Iterator[None]:
    """Note which tables are read, where the server wants to know, and whether it is for a clinic's page."""
    request.META[OF_A_CLINIC] = site is not None
    token = _current.set(request.META.get(CARRIED))
    try:
        yield
    finally:
        _current.reset(token)


def note_query(sql: str) -> None:
    """Note the tables that a query reads."""
    reading = _current.get()
    if reading is not None:
        reading.tables.update(_TABLES.findall(sql))


def offer(site: Site, response) -> None:
    """Let the server keep an answer of a live clinic, which anybody may be given; called inside `noted`."""
    reading = _current.get()
    if reading is None:
        return
    reading.why_not = _why_not(response, reading.tables)
    if not reading.why_not:
        reading.site_id = site.pk
        reading.until = min(_until(site).timestamp(), time() + reading.at_most)


def _why_not(response, tables) -> str:
    if unknown := sorted(tables & UNREAD):
        return f"reads {unknown[0]}"
    if response.streaming:
        return "streamed"
    if response.cookies:
        return "sets a cookie"
    asked = {word.strip() for word in response.get("Cache-Control", "").split(",")}
    if asked & {"private", "no-store", "no-cache"}:
        return "private"
    varies = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    if varies - {"cookie", "accept-encoding"}:
        return "differs from reader to reader"
    return ""


def _until(site: Site) -> datetime:
    now = timezone.now()
    moments = [moment for clock in _clocks if (moment := clock(site, now)) is not None and moment > now]
    return min([now + LONGEST, *moments])
