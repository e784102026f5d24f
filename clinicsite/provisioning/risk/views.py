"""The queue of pages that wait for the agency's eyes."""

from django import forms
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from clinicsite.core.conf import conf
from clinicsite.core.site_roots import site_at
from clinicsite.library.views.clinics import clinics_of, titles
from clinicsite.provisioning.bulk.reach import works_on_many
from clinicsite.provisioning.risk.waiting import send_back, waiting_for

TITLE, ICON = "Waiting for you", "time"
PER_PAGE = 25
CHANGED = "“{title}” was changed since you opened this screen. Nothing was published: look again."


class NoteForm(forms.Form):
    """Why a page is sent back."""

    note = forms.CharField(max_length=1000)


class QueueMenuItem(MenuItem):
    """Leads to the queue, for whoever looks after many clinics, where the agency has chosen to look first."""

    def is_shown(self, request):
        return bool(conf.RISKY_CHANGES_WAIT) and works_on_many(request.user)


def menu_item():
    """The item of the menu."""
    address = reverse("clinicsite_risk:index")
    return QueueMenuItem(TITLE, address, name="clinicsite-risk", icon_name=ICON, order=106)


@require_safe
def index(request):
    """What waits, the longest wait first."""
    _refuse_others(request.user)
    found = Paginator(waiting_for(request.user), PER_PAGE).get_page(request.GET.get("p"))
    names = {site.pk: site.site_name or site.hostname for site in clinics_of(request.user)}
    rows = []
    for row in found:
        site = site_at(row.page.path)
        rows.append((row, names.get(site[0], "") if site else "", _compare(row.page)))
    context = {**titles(TITLE, ICON), "rows": rows, "found": found}
    return TemplateResponse(request, "clinicsite/provisioning/admin/risk.html", context)


@require_POST
def publish(request, pk):
    """Let a page go live as it was shown."""
    row = _row_or_404(request, pk)
    page = row.page.specific
    title = page.get_admin_display_title()
    if not page.permissions_for_user(request.user).can_publish():
        raise Http404
    if str(page.latest_revision_id) != request.POST.get("seen"):
        messages.error(request, CHANGED.format(title=title))
        return redirect("clinicsite_risk:index")
    try:
        page.latest_revision.publish(user=request.user)
    except ValidationError as error:
        messages.error(request, f"“{title}” was not published. {' '.join(error.messages)}")
    else:
        messages.success(request, f"“{title}” is live.")
    return redirect("clinicsite_risk:index")


@require_POST
def back(request, pk):
    """Send a page back with a note."""
    row = _row_or_404(request, pk)
    form = NoteForm(request.POST)
    title = row.page.get_admin_display_title()
    if form.is_valid():
        send_back(row, form.cleaned_data["note"], request.user)
        messages.success(request, f"“{title}” was sent back, and stays a draft.")
    else:
        messages.error(request, f"Say what is wrong with “{title}”. It was not sent back.")
    return redirect("clinicsite_risk:index")


def _compare(page):
    """Where the live version stands beside the draft; empty where patients read none."""
    if not (page.live and page.live_revision_id and page.latest_revision_id):
        return ""
    keys = [page.pk, page.live_revision_id, page.latest_revision_id]
    return reverse("wagtailadmin_pages:revisions_compare", args=keys)


def _row_or_404(request, pk):
    _refuse_others(request.user)
    return get_object_or_404(waiting_for(request.user), pk=pk)


def _refuse_others(user):
    if not works_on_many(user):
        raise Http404


class RiskViewSet(ViewSet):
    """The addresses of the queue."""

    name = "clinicsite_risk"
    url_prefix = "clinicsite/waiting"

    def get_urlpatterns(self):
        return [
            path("", index, name="index"),
            path("<int:pk>/publish/", publish, name="publish"),
            path("<int:pk>/back/", back, name="back"),
        ]
