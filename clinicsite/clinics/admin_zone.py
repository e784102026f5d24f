"""The admin of a clinic's people runs in their clinic's zone: 8:00 is eight o'clock where the clinic is.

Wagtail shows times in the zone that somebody has chosen in their account, else in the server's. For a
clinic's people the clinic's takes the server's place. Somebody who holds no role at a clinic is left alone,
and so is whoever works for clinics in several zones: nobody knows which one they mean.
"""

from django.utils import timezone

from clinicsite.clinics.models.roles import ClinicRole
from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.clinics.tenancy.gate import is_in_admin
from clinicsite.core import wagtail_private
from clinicsite.core.zones import zone_or_none


class AdminZoneMiddleware:
    """Let the admin tell and read times in the zone of the person's clinic."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        zone = clinic_zone_of(request.user) if is_in_admin(request) else None
        if zone is None or wagtail_private.chosen_zone(request.user):
            return self.get_response(request)
        wagtail_private.show_times_in(request.user, zone)
        with timezone.override(zone):
            return self.get_response(request)


def clinic_zone_of(user):
    """The one zone of the clinics at which a person holds a role, or None; one query if they may hold one."""
    if not scope_at_work(user).root_paths:
        return None
    roles = ClinicRole.objects.filter(group__user=user, site__clinicsite_settings__isnull=False)
    names = set(roles.values_list("site__clinicsite_settings__time_zone", flat=True))
    return zone_or_none(names.pop()) if len(names) == 1 else None
