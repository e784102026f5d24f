from wagtail import hooks

from clinicsite.clinics.tenancy.surface import HOOK
from clinicsite.home import admin_surface
from clinicsite.home.blog.admin import PostListing
from clinicsite.home.contact import history
from clinicsite.home.contact.admin import MessageViewSet
from clinicsite.home.desk.panel import Desk
from clinicsite.home.desk.views import DeskViewSet
from clinicsite.home.search.admin import MissedSearchViewSet
from clinicsite.home.undone import UndoneMenuItem, UndoneViewSet


@hooks.register("register_admin_viewset")
def register_viewsets():
    return [MessageViewSet(), MissedSearchViewSet(), PostListing(), UndoneViewSet(), DeskViewSet()]


@hooks.register("register_reports_menu_item")
def register_undone():
    return UndoneMenuItem()


@hooks.register("construct_homepage_panels")
def add_desk(request, panels):
    panels.append(Desk(request))


@hooks.register("register_log_actions")
def register_message_actions(actions):
    history.register(actions)


@hooks.register(HOOK)
def judge_admin_surface():
    return admin_surface.JUDGEMENTS
