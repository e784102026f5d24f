from wagtail import hooks

from locations.viewsets import LocationListing, PractitionerListing


@hooks.register("register_admin_viewset")
def register_listings():
    return [LocationListing(), PractitionerListing()]
