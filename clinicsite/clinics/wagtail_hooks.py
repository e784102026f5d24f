from django.urls import path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from clinicsite.clinics import admin_surface, host_screens, reading_settings, switching
from clinicsite.clinics.audit.views import AuditViewSet, reads_all, scope_read_by
from clinicsite.clinics.documents import refuse_elsewhere
from clinicsite.clinics.host_screens import AddressesViewSet
from clinicsite.clinics.launching import states
from clinicsite.clinics.launching.screens import LaunchViewSet
from clinicsite.clinics.tenancy import opened_from, shown, stock_surface
from clinicsite.clinics.tenancy.choosers import limit_page_chooser
from clinicsite.clinics.tenancy.listings import ClinicPageViewSet
from clinicsite.clinics.tenancy.reports import without_foreign_reports
from clinicsite.clinics.tenancy.summary import count_the_projects_pages
from clinicsite.clinics.tenancy.surface import HOOK
from clinicsite.clinics.visiting import visit

for hook, kind in shown.CONSTRUCTED.items():
    hooks.register(hook, shown.leaving_out_what_is_not_judged(kind), order=shown.LAST)


@hooks.register("construct_page_chooser_queryset")
def limit_page_choosers(pages, request):
    return opened_from.limit_pages(limit_page_chooser(pages, request), request)


@hooks.register("construct_image_chooser_queryset")
def limit_picture_choosers(pictures, request):
    return opened_from.limit_pictures(pictures, request)


@hooks.register("construct_document_chooser_queryset")
def limit_document_choosers(documents, request):
    return opened_from.limit_documents(documents, request)


@hooks.register("construct_reports_menu")
def drop_foreign_reports(request, menu_items):
    menu_items[:] = without_foreign_reports(request, menu_items)


@hooks.register("construct_homepage_summary_items", order=shown.LAST + 1)
def count_pages(request, items):
    count_the_projects_pages(request, items)


@hooks.register("before_serve_document", order=-1)
def give_documents_out_on_their_own_host(document, request):
    refuse_elsewhere(document, request)


@hooks.register("register_admin_urls")
def register_visits():
    return [path("clinicsite/visit/<int:site_id>/", visit, name="clinicsite_visit")]


@hooks.register("register_admin_viewset")
def register_page_views():
    return [
        ClinicPageViewSet("clinicsite_pages"),
        AddressesViewSet(),
        LaunchViewSet(),
        reading_settings.ReadSettingsViewSet(),
    ]


@hooks.register("register_log_actions")
def register_actions(actions):
    host_screens.register_log_actions(actions)
    states.register_log_actions(actions)


@hooks.register("register_admin_urls")
def register_switch():
    return switching.addresses()


@hooks.register("register_admin_menu_item")
def register_switch_menu_item():
    return switching.menu_item()


@hooks.register("register_admin_viewset")
def register_audit_log():
    return AuditViewSet()


@hooks.register("register_settings_menu_item")
def register_read_settings_menu_item():
    return reading_settings.menu_item()


class AuditMenuItem(MenuItem):
    """Leads to the audit log, for whoever reads a part of it."""

    def is_shown(self, request):
        return reads_all(request.user) or bool(scope_read_by(request.user).root_paths)


@hooks.register("register_reports_menu_item")
def register_audit_menu_item():
    address = reverse("clinicsite_audit:index")
    return AuditMenuItem("Audit log", address, name="clinicsite-audit", icon_name="history", order=1000)


@hooks.register(HOOK)
def judge_admin_surface():
    return [*stock_surface.JUDGEMENTS, *admin_surface.JUDGEMENTS]
