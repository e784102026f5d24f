"""The first thing a clinic's owner sees: the few things one comes for, one click away."""

from django.core.paginator import Paginator
from django.urls import reverse
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from clinicsite.clinics.groups import groups_among
from clinicsite.clinics.models import ClinicGroup, ClinicSettings
from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.clinics.tenancy.surface import Kind, may_use
from clinicsite.core.rendering import key_or_none
from clinicsite.home.blog.models import BlogIndexPage
from clinicsite.home.contact.admin import messages_for
from clinicsite.library.views.inbox import updates_for_dashboard
from clinicsite.locations.models import LocationPage

#: Above this many clinics the panel would be a wall; the menu and the search serve better.
MOST_CLINICS = 5


class ClinicPanel(Component):
    """The clinics somebody looks after, each with its everyday tasks; of many, those of a group."""

    name = "clinicsite_tasks"
    template_name = "clinicsite/home/admin/clinic_panel.html"
    order = 50

    def __init__(self, request):
        self.request = request

    def get_context_data(self, parent_context):
        scope = scope_at_work(self.request.user)
        looks_after_many = scope.is_everything or scope.is_agencys or scope.is_networks
        groups = groups_among(scope.sites()) if looks_after_many else ClinicGroup.objects.none()
        group = groups.filter(pk=key_or_none(self.request.GET.get("group"))).first()
        sites = scope.sites().select_related("root_page")
        if group is None:
            found = sites[: MOST_CLINICS + 1]
            shown = [] if len(found) > MOST_CLINICS else found
            return {"clinics": [self._tasks(site) for site in shown], "groups": groups}
        members = sites.filter(pk__in=group.sites.values("pk")).order_by("site_name", "hostname", "pk")
        page = Paginator(members, MOST_CLINICS).get_page(self.request.GET.get("clinics"))
        return {
            "clinics": [self._tasks(site) for site in page],
            "groups": groups,
            "group": group,
            "page": page,
            "request": self.request,
        }

    def _tasks(self, site):
        blogs = BlogIndexPage.objects.descendant_of(site.root_page)
        blog = blogs.first() if self._may("wagtailadmin_pages:add") else None
        pages = Page.objects.descendant_of(site.root_page)
        settings_url = reverse("wagtailsettings:edit", args=["clinicsite_clinics", "clinicsettings", site.pk])
        updates_url, update_count, new_count = updates_for_dashboard(site, self.request.user)
        return {
            "updates_url": updates_url if self._may("clinicsite_library:inbox") else "",
            "update_count": update_count,
            "new_count": new_count,
            "name": site.site_name,
            "url": reverse("clinicsite_visit", args=[site.pk]),
            "launch_url": reverse("clinicsite_launch:index", args=[site.pk]),
            "settings_url": settings_url if self._may_change_settings(site) else "",
            "post_url": reverse("wagtailadmin_pages:add", args=["clinicsite_home", "blogpage", blog.pk])
            if blog
            else "",
            "reads_messages": self._may("clinicsite_messages:index"),
            "new_messages": messages_for(self.request.user).filter(page__in=pages, answered_at=None).count(),
            "locations": LocationPage.objects.descendant_of(site.root_page).order_by("-is_primary", "path")
            if self._may("wagtailadmin_pages:edit")
            else (),
        }

    def _may(self, address):
        """Whether the screen at an address is there for the person."""
        return may_use(self.request.user, [(Kind.ADDRESS, address)])

    def _may_change_settings(self, site):
        settings = ClinicSettings(site_id=site.pk)
        return ClinicSettings.get_permission_policy().user_has_permission_for_instance(
            self.request.user, "change", settings
        )
