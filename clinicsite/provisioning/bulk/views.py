"""The screens of work on many clinics: what to do, what it would change, the log, and undo."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from clinicsite.clinics.tenancy import scope_at_work
from clinicsite.library.views.clinics import titles
from clinicsite.provisioning.bulk import working
from clinicsite.provisioning.bulk.forms import PageForm, SettingForm, WordsForm
from clinicsite.provisioning.bulk.jobs import job_of
from clinicsite.provisioning.bulk.reach import works_of, works_on_many
from clinicsite.provisioning.bulk.setting_job import called, settable, settable_field
from clinicsite.provisioning.models.bulk import BulkClinic, BulkWork

TITLE, ICON = "Work on many clinics", "tasks"
TEMPLATES = "clinicsite/provisioning/admin/bulk"
PER_PAGE, CLINICS_PER_PAGE = 25, 50
#: Outcome -> icon beside its word; never colour alone.
ICONS = {
    BulkClinic.Outcome.WAITING: "time",
    BulkClinic.Outcome.WOULD_CHANGE: "edit",
    BulkClinic.Outcome.UNCHANGED: "minus",
    BulkClinic.Outcome.REFUSED: "warning",
    BulkClinic.Outcome.CHANGED: "success",
    BulkClinic.Outcome.FAILED: "warning",
    BulkClinic.Outcome.UNDONE: "rotate",
    BulkClinic.Outcome.KEPT: "warning",
}


class BulkMenuItem(MenuItem):
    """Leads to the screens: below “Clinics” for the agency, in the menu itself for a network's people."""

    def __init__(self, *args, is_networks=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_networks = is_networks

    def is_shown(self, request):
        user = request.user
        return works_on_many(user) and scope_at_work(user).is_networks == self.is_networks


def agency_menu_item():
    """The item below “Clinics”."""
    return BulkMenuItem(
        TITLE, reverse("clinicsite_bulk:index"), name="clinicsite-bulk", icon_name=ICON, order=35
    )


def network_menu_item():
    """The item of the menu for whoever looks after a network."""
    return BulkMenuItem(
        "Many clinics",
        reverse("clinicsite_bulk:index"),
        name="clinicsite-network-bulk",
        icon_name=ICON,
        order=104,
        is_networks=True,
    )


@require_safe
def index(request):
    """What can be done, and what was done, the newest first."""
    _refuse_others(request.user)
    rows = works_of(request.user).select_related("asked_by")
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **titles(TITLE, ICON),
        "rows": [(work, job_of(work).title()) for work in found],
        "found": found,
    }
    return TemplateResponse(request, f"{TEMPLATES}/index.html", context)


@require_safe
def choose_setting(request):
    """The settings that can be set at many clinics."""
    _refuse_others(request.user)
    context = {**titles("Set a setting", ICON), "parts": settable()}
    return TemplateResponse(request, f"{TEMPLATES}/settings.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def setting(request, field_name):
    """A setting's new value, and at which clinics."""
    _refuse_others(request.user)
    field = settable_field(field_name)
    if field is None:
        raise Http404
    form = SettingForm(request.POST or None, user=request.user, field=field)
    return _begin(request, BulkWork.Kind.SETTING, form, f"Set “{called(field)}”")


@require_http_methods(["GET", "HEAD", "POST"])
def page(request):
    """A page of the library, and at which clinics."""
    _refuse_others(request.user)
    form = PageForm(request.POST or None, user=request.user)
    return _begin(request, BulkWork.Kind.PAGE, form, "Add a page of the library")


@require_http_methods(["GET", "HEAD", "POST"])
def words(request):
    """Words and those in their place, and at which clinics."""
    _refuse_others(request.user)
    form = WordsForm(request.POST or None, user=request.user)
    return _begin(request, BulkWork.Kind.WORDS, form, "Find and replace words")


@require_safe
def work(request, pk):
    """What one piece of work would change, or has changed, clinic by clinic."""
    one = _work_or_404(request, pk)
    rows = one.clinics.select_related("site__clinicsite_settings").order_by("pk")
    outcome = request.GET.get("outcome", "")
    shown = rows.filter(outcome=outcome) if outcome in BulkClinic.Outcome.values else rows
    found = Paginator(shown, CLINICS_PER_PAGE).get_page(request.GET.get("p"))
    counts = _counts(one)
    context = {
        **titles(job_of(one).title(), ICON),
        "work": one,
        "found": found,
        "rows": [(row, ICONS[BulkClinic.Outcome(row.outcome)]) for row in found],
        "counts": counts,
        "outcome": outcome,
        "would_change": _of(counts, BulkClinic.Outcome.WOULD_CHANGE),
        "changed": _of(counts, BulkClinic.Outcome.CHANGED) + _of(counts, BulkClinic.Outcome.KEPT),
        "waits": _of(counts, BulkClinic.Outcome.WAITING),
    }
    return TemplateResponse(request, f"{TEMPLATES}/work.html", context)


@require_POST
def do(request, pk):
    """Do what was shown."""
    return _press(request, pk, working.do)


@require_POST
def undo(request, pk):
    """Undo it."""
    return _press(request, pk, working.undo)


@require_POST
def drop(request, pk):
    """Forget what was shown."""
    one = _work_or_404(request, pk)
    try:
        working.drop(one)
    except working.WrongStateError as error:
        messages.error(request, str(error))
        return redirect("clinicsite_bulk:work", pk)
    messages.success(request, "Nothing was changed, and this is forgotten.")
    return redirect("clinicsite_bulk:index")


def _begin(request, kind, form, title):
    if request.method == "POST" and form.is_valid():
        one = working.begin(kind, form.asked, form.chosen, request.user)
        return redirect("clinicsite_bulk:work", one.pk)
    context = {**titles(title, ICON), "form": form, "media": form.media, "kind": kind}
    return TemplateResponse(request, f"{TEMPLATES}/begin.html", context)


def _press(request, pk, how):
    one = _work_or_404(request, pk)
    try:
        how(one, request.user)
    except working.WrongStateError as error:
        messages.error(request, str(error))
    return redirect("clinicsite_bulk:work", pk)


def _work_or_404(request, pk):
    _refuse_others(request.user)
    return get_object_or_404(works_of(request.user).select_related("asked_by", "undone_by"), pk=pk)


def _counts(one):
    """(outcome, words, how many clinics) of each outcome that there is."""
    found = list(one.clinics.order_by().values_list("outcome", flat=True))
    return [
        (value, words, found.count(value)) for value, words in BulkClinic.Outcome.choices if value in found
    ]


def _of(counts, outcome):
    return sum(count for value, _words, count in counts if value == outcome)


def _refuse_others(user):
    if not works_on_many(user):
        raise Http404


class BulkViewSet(ViewSet):
    """The addresses of the screens."""

    name = "clinicsite_bulk"
    url_prefix = "clinicsite/many-clinics"

    def get_urlpatterns(self):
        return [
            path("", index, name="index"),
            path("setting/", choose_setting, name="settings"),
            path("setting/<slug:field_name>/", setting, name="setting"),
            path("page/", page, name="page"),
            path("words/", words, name="words"),
            path("<int:pk>/", work, name="work"),
            path("<int:pk>/do/", do, name="do"),
            path("<int:pk>/undo/", undo, name="undo"),
            path("<int:pk>/drop/", drop, name="drop"),
        ]
