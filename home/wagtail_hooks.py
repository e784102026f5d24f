from wagtail import hooks

from clinicsite.clinics.tenancy.surface import HOOK
from home import admin_surface
from home.blog.admin import PostListing
from home.contact import history
from home.contact.admin import MessageViewSet
from home.dashboard import ClinicPanel
from home.search.admin import MissedSearchViewSet


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [MessageViewSet(), MissedSearchViewSet(), PostListing()]


@hooks.register("construct_homepage_panels")
def add_clinic_panel(request, panels):
    panels.append(ClinicPanel(request))


@hooks.register("register_log_actions")
def register_message_actions(actions):
    history.register(actions)


@hooks.register(HOOK)
def judge_admin_surface():
    return admin_surface.JUDGEMENTS
