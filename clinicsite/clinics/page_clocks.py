"""When a clinic's pages read differently though nobody has changed anything."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone
from wagtail.models import Site

from clinicsite.clinics.profile import profile_for
from clinicsite.core.zones import zone_or_none


def next_day_or_announcement(site: Site, now: datetime) -> datetime | None:
    """The next midnight of the clinic, the server or UTC, or an announcement's beginning or end before it."""
    clinic = profile_for(site)
    zones = {zone_or_none(clinic.time_zone), timezone.get_default_timezone(), UTC} - {None}
    moments = [_midnight_after(now, zone) for zone in zones]
    moments += [moment for one in clinic.announced for moment in (one.starts, one.ends)]
    return min(moment for moment in moments if moment is not None and moment > now)


def _midnight_after(now: datetime, zone: ZoneInfo) -> datetime:
    tomorrow = now.astimezone(zone).date() + timedelta(days=1)
    return datetime.combine(tomorrow, time.min, zone)
