"""The screens on which a clinic is retired, and the list of those that were; for agency administrators."""

from pathlib import Path

from django import forms
from django.conf import settings
from django.core.paginator import Paginator
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.viewsets.base import ViewSet

from clinicsite.clinics.hosts import hosts_of
from clinicsite.clinics.models import RetiredClinic
from clinicsite.core.conf import conf
from clinicsite.library.views.clinics import clinic_or_404, titles
from clinicsite.provisioning.clinics import what_a_clinic_has
from clinicsite.provisioning.retiring.archive import ArchiveError
from clinicsite.provisioning.retiring.retire import RetirementError, retire_clinic
from clinicsite.provisioning.wizard.views import may_make_clinics

TEMPLATES = "clinicsite/provisioning/admin/retiring"
PER_PAGE = 50
NO_FOLDER = (
    "The server has no folder for archives, so a clinic can only be retired with manage.py retire_clinic. "
    "Whoever runs the server sets ARCHIVE_FOLDER."
)


class NameForm(forms.Form):
    """The clinic's name, typed by whoever means it."""

    name = forms.CharField(label="The clinic’s name", required=False)

    def __init__(self, *args, wanted, **kwargs):
        super().__init__(*args, **kwargs)
        self.wanted = wanted
        self.fields["name"].help_text = f"Type “{wanted}” to retire it."
        self.fields["name"].widget.attrs["autocomplete"] = "off"

    def clean_name(self):
        if self.cleaned_data["name"].strip() != self.wanted:
            raise forms.ValidationError(f"The clinic is called “{self.wanted}”. Nothing was removed.")
        return self.wanted


class RetiredMenuItem(MenuItem):
    """Leads to the clinics that were retired, for whoever may retire one."""

    def is_shown(self, request):
        return may_make_clinics(request.user)


def retired_menu_item():
    """The menu entry “Retired”."""
    address = reverse("clinicsite_retiring:index")
    return RetiredMenuItem("Retired", address, name="clinicsite-retired", icon_name="history", order=50)


def archive_folder() -> Path | None:
    """Where clinics are written to; None where the server has no such folder."""
    if not conf.ARCHIVE_FOLDER:
        return None
    folder = Path(getattr(settings, "BASE_DIR", ""), conf.ARCHIVE_FOLDER)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


@require_http_methods(["GET", "HEAD", "POST"])
def retire(request, site_id):
    """What goes with a clinic, and a field for its name; then it is exported and removed."""
    _refuse_others(request.user)
    site = clinic_or_404(request.user, site_id)
    folder = archive_folder()
    form = NameForm(request.POST or None, wanted=site.site_name or site.hostname)
    if request.method == "POST" and folder is not None and form.is_valid():
        said: list[str] = []
        try:
            done = retire_clinic(site, folder, by=request.user, say=said.append)
        except (ArchiveError, RetirementError) as error:
            messages.error(request, str(error))
            return redirect("clinicsite_retiring:retire", site_id)
        for line in said:
            messages.warning(request, line)
        messages.success(request, f"“{done.clinic}” was exported and removed.")
        return redirect("clinicsite_retiring:retired", done.clinic.pk)
    context = {
        **titles("Retire a clinic", "bin"),
        "page_subtitle": site.site_name or site.hostname,
        "site": site,
        "has": what_a_clinic_has(site),
        "hosts": hosts_of(site),
        "form": form,
        "no_folder": "" if folder else NO_FOLDER,
    }
    return TemplateResponse(request, f"{TEMPLATES}/retire.html", context)


@require_safe
def index(request):
    """The clinics that were retired, the newest first."""
    _refuse_others(request.user)
    rows = RetiredClinic.objects.select_related("retired_by").prefetch_related("hosts")
    found = Paginator(rows, PER_PAGE).get_page(request.GET.get("p"))
    context = {**titles("Retired clinics", "history"), "found": found}
    return TemplateResponse(request, f"{TEMPLATES}/index.html", context)


@require_safe
def retired(request, pk):
    """What was removed with a clinic, and the file it was exported to."""
    _refuse_others(request.user)
    clinic = get_object_or_404(RetiredClinic, pk=pk)
    context = {
        **titles(clinic.name, "history"),
        "clinic": clinic,
        "is_there": _file_of(clinic) is not None,
    }
    return TemplateResponse(request, f"{TEMPLATES}/retired.html", context)


@require_safe
def download(request, pk):
    """The file a clinic was exported to, where it still is."""
    _refuse_others(request.user)
    file = _file_of(get_object_or_404(RetiredClinic, pk=pk))
    if file is None:
        raise Http404
    response = FileResponse(file.open("rb"), as_attachment=True, filename=file.name)
    response["Cache-Control"] = "private, no-store"
    return response


def _file_of(clinic):
    """The file; None where a command wrote it elsewhere, or somebody has put it away."""
    folder = archive_folder()
    file = folder / Path(clinic.file).name if folder else None
    return file if file is not None and file.is_file() else None


def _refuse_others(user):
    if not may_make_clinics(user):
        raise Http404


class RetiringViewSet(ViewSet):
    """The addresses of the screens."""

    name = "clinicsite_retiring"
    url_prefix = "clinicsite/retired"

    def get_urlpatterns(self):
        return [
            path("", index, name="index"),
            path("<int:pk>/", retired, name="retired"),
            path("<int:pk>/file/", download, name="download"),
            path("clinic/<int:site_id>/", retire, name="retire"),
        ]
