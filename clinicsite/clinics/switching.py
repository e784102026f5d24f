"""The screen on which somebody of several clinics chooses for which one they work."""

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem

from clinicsite.clinics.audit.log import Kind, record
from clinicsite.clinics.tenancy import chosen
from clinicsite.core import site_roots
from clinicsite.core.rendering import key_or_none

NAME = "clinicsite_switch"


@require_http_methods(["GET", "POST"])
def switch(request):
    """Choose the clinic; nothing of the others is there until they are chosen."""
    sites = chosen.sites_of(request.user)
    if not sites:
        return redirect("wagtailadmin_home")
    if request.method == "POST":
        key = key_or_none(request.POST.get("site"))
        site = chosen.choose(request.session, request.user, key) if key else None
        if site is None:
            raise Http404
        record(Kind.CAME_HERE, site_id=site.pk, person=request.user)
        messages.success(request, f"You work for {_name(site)} now.")
        return redirect("wagtailadmin_home")
    context = {
        "choices": [(_name(site), site.pk, _is_at_work(request.user, site)) for site in sites],
        "page_title": "Which clinic?",
        "header_icon": "home",
    }
    return TemplateResponse(request, "clinicsite/clinics/admin/switch.html", context)


class SwitchMenuItem(MenuItem):
    """Says for which clinic somebody of several works, and leads to the others."""

    def is_shown(self, request):
        return bool(chosen.place_at_work(request.user))

    def render_component(self, request):
        """The item with the clinic's name."""
        here = next((site for site in chosen.sites_of(request.user) if _is_at_work(request.user, site)), None)
        label = _name(here) if here else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, attrs=self.attrs)


def menu_item() -> SwitchMenuItem:
    """The item at the top of the menu."""
    return SwitchMenuItem("Which clinic?", reverse(NAME), name="clinicsite-switch", icon_name="home", order=1)


def addresses():
    """The one address."""
    return [path("clinicsite/which-clinic/", switch, name=NAME)]


def _name(site):
    return site.site_name or site.hostname


def _is_at_work(user, site):
    return site_roots.place_of(site.pk) == chosen.place_at_work(user)
