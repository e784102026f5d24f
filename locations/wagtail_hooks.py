from wagtail import hooks

from clinicsite.clinics.tenancy.surface import HOOK
from clinicsite.locations import admin_surface, rich_text
from clinicsite.locations.own_numbers import suggest_token
from clinicsite.locations.people_chooser import PeopleChooserViewSet
from clinicsite.locations.viewsets import LocationListing, PractitionerListing


@hooks.register("register_admin_viewset")
def register_listings():
    return [LocationListing(), PractitionerListing(), PeopleChooserViewSet()]


@hooks.register("register_rich_text_features")
def register_people(features):
    rich_text.register(features)


@hooks.register("after_publish_page")
def suggest_the_token_for_a_number(request, page):
    suggest_token(request, page)


@hooks.register(HOOK)
def judge_admin_surface():
    return admin_surface.JUDGEMENTS
