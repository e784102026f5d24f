from wagtail import hooks

from home.dashboard import ClinicPanel
from home.messages import MessageViewSet
from home.viewsets import PostListing


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [MessageViewSet(), PostListing()]


@hooks.register("construct_homepage_panels")
def add_clinic_panel(request, panels):
    panels.append(ClinicPanel(request))
