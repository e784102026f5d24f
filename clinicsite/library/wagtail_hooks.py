from django.urls import include, path, reverse_lazy
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from clinicsite.clinics.tenancy.surface import HOOK
from clinicsite.library import admin_surface, log_messages, rich_text
from clinicsite.library.editor_redirects import lead_to_screen
from clinicsite.library.releasing.action_menu import release_instead_of_publishing
from clinicsite.library.views.inbox import ICON, TITLE, UpdatesMenuItem
from clinicsite.library.views.matrix import library_menu_item
from clinicsite.library.viewsets import StarterPackViewSet, SynonymGroupViewSet

register_snippet(SynonymGroupViewSet)
register_snippet(StarterPackViewSet)


@hooks.register("register_admin_urls")
def register_screens():
    return [path("clinicsite/library/", include("clinicsite.library.urls"))]


@hooks.register("register_admin_menu_item")
def register_updates():
    address = reverse_lazy("clinicsite_library:inbox")
    return UpdatesMenuItem(TITLE, address, name="clinicsite-library-updates", icon_name=ICON, order=105)


@hooks.register("register_admin_menu_item")
def register_library():
    return library_menu_item()


@hooks.register("register_rich_text_features", order=10)
def register_tokens_and_links(features):
    rich_text.register(features)


@hooks.register("register_log_actions")
def register_messages(actions):
    log_messages.register(actions)


@hooks.register("construct_page_action_menu")
def show_release(menu_items, request, context):
    release_instead_of_publishing(menu_items, request, context)


@hooks.register("after_edit_page")
def go_to_a_screen(request, page):
    return lead_to_screen(request, page)


@hooks.register(HOOK)
def judge_admin_surface():
    return admin_surface.JUDGEMENTS
