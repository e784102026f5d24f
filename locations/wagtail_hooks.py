from wagtail import hooks

from clinicsite.clinics.tenancy.surface import HOOK
from clinicsite.locations import admin_surface
from clinicsite.locations.viewsets import LocationListing, PractitionerListing


@hooks.register("register_admin_viewset")
def register_listings():
    return [LocationListing(), PractitionerListing()]


@hooks.register(HOOK)
def judge_admin_surface():
    return admin_surface.JUDGEMENTS
