"""The admin of a clinic's people keeps their clinic's clock and calendar.

8:00 is eight o'clock where the clinic is, and 3/12 is in December or in March as people there write it.
Wagtail shows times in the zone that somebody has chosen in their account, else in the server's. For a
clinic's people the clinic's takes the server's place; for somebody of several, that of the one they are at.
Somebody who holds no role at a clinic is left alone.
"""

from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.utils import timezone

from clinicsite.clinics.models.roles import ClinicRole
from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.clinics.tenancy.chosen import place_at_work
from clinicsite.clinics.tenancy.in_admin import is_in_admin
from clinicsite.core import wagtail_private
from clinicsite.core.date_customs import region_of, typed_as_in
from clinicsite.core.zones import zone_or_none


class ClinicCustoms(NamedTuple):
    """The one zone and the one country of the clinics at which a person works; None and "" for none."""

    zone: ZoneInfo | None
    region: str


class AdminZoneMiddleware:
    """Let the admin tell and read times in the zone, and dates by the custom, of the person's clinic."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_in_admin(request):
            return self.get_response(request)
        zone, region = customs_of(request.user)
        with typed_as_in(region):
            if zone is None or wagtail_private.chosen_zone(request.user):
                return self.get_response(request)
            wagtail_private.show_times_in(request.user, zone)
            with timezone.override(zone):
                return self.get_response(request)


def customs_of(user):
    """What the clinics at which a person holds a role have in common; one query if they may hold one."""
    if not scope_at_work(user).root_paths:
        return ClinicCustoms(None, "")
    of_clinic = "site__clinicsite_settings__"
    roles = ClinicRole.objects.filter(group__user=user, site__clinicsite_settings__isnull=False)
    if place := place_at_work(user):
        roles = roles.filter(site__root_page__path__startswith=place)
    clinics = roles.values_list(*(of_clinic + name for name in ("time_zone", "language", "jurisdiction")))
    zones, regions = set(), set()
    for zone, language, jurisdiction in clinics:
        zones.add(zone)
        regions.add(region_of(language) or jurisdiction.split("-")[0])
    return ClinicCustoms(
        zone_or_none(zones.pop()) if len(zones) == 1 else None, regions.pop() if len(regions) == 1 else ""
    )
