"""A clinic's settings to be read, for whoever may read everything of it and change nothing."""

from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from clinicsite.clinics.models.settings import ClinicSettings
from clinicsite.clinics.settings_in_words import parts_of
from clinicsite.clinics.tenancy import scope_at_work

TITLE, ICON = "What the clinic says of itself", "view"


class ReadSettingsMenuItem(MenuItem):
    """Leads there whoever reads alone; everybody else has the settings themselves, or no business there."""

    def is_shown(self, request):
        return scope_at_work(request.user).only_reads


def menu_item():
    """The item of the settings menu."""
    address = reverse("clinicsite_read_settings:index")
    return ReadSettingsMenuItem(TITLE, address, name="clinicsite-read-settings", icon_name=ICON, order=80)


@require_safe
def read_settings(request, site_id=None):
    """What one clinic has set; of somebody of several, the one they work for, or the first by name."""
    sites = scope_at_work(request.user).sites().order_by("site_name", "hostname", "pk")
    settings = ClinicSettings.objects.filter(site__in=sites).select_related("site")
    mine = list(sites.filter(pk__in=settings.values("site_id")))
    first = mine[0].pk if mine else 0
    chosen = get_object_or_404(settings, site=first if site_id is None else site_id)
    context = {
        "page_title": TITLE,
        "header_title": TITLE,
        "header_icon": ICON,
        "page_subtitle": chosen.name or chosen.site.hostname,
        "parts": parts_of(chosen),
        "others": [site for site in mine if site.pk != chosen.site_id],
    }
    return TemplateResponse(request, "clinicsite/clinics/admin/read_settings.html", context)


class ReadSettingsViewSet(ViewSet):
    """The addresses of the screen."""

    name = "clinicsite_read_settings"
    url_prefix = "clinicsite/read-settings"

    def get_urlpatterns(self):
        return [
            path("", read_settings, name="index"),
            path("<int:site_id>/", read_settings, name="clinic"),
        ]
