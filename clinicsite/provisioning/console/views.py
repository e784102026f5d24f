"""The screens of the list of clinics, for whoever looks after a network of them."""

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe
from wagtail.admin import messages
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem
from wagtail.admin.viewsets.base import ViewSet
from wagtail.models import Page

from clinicsite.clinics.models import ClinicSettings
from clinicsite.library.shared_pages.page import shared_page_models
from clinicsite.library.shared_pages.reviews import due_for_review
from clinicsite.library.views.clinics import clinic_or_404, titles
from clinicsite.provisioning.console.export import export_lines
from clinicsite.provisioning.console.filters import ConsoleFilters, needs, states
from clinicsite.provisioning.console.grid import Console, looks_after_clinics
from clinicsite.provisioning.renaming import rename_clinic
from clinicsite.provisioning.wizard.views import may_make_clinics

TITLE, ICON = "Clinics", "home"
CLINICS_PER_PAGE = 50
REVIEWS_PER_PAGE = 50


class ClinicsMenuItem(SubmenuMenuItem):
    """What the agency does with its clinics, for people who look after a network."""

    def is_shown(self, request):
        return looks_after_clinics(request.user)


#: Functions that return an item of the menu “Clinics”.
CLINICS_MENU = "register_clinicsite_clinics_menu_item"


def clinics_menu_item():
    """The menu entry “Clinics”."""
    return ClinicsMenuItem(
        TITLE, Menu(register_hook_name=CLINICS_MENU), name="clinicsite-clinics", icon_name=ICON, order=103
    )


def all_clinics_menu_item():
    """The first item below it."""
    return MenuItem(
        "All clinics",
        reverse("clinicsite_console:index"),
        name="clinicsite-all-clinics",
        icon_name="table",
        order=10,
    )


@require_safe
def index(request):
    """All clinics that somebody looks after, with what each of them needs."""
    console = _console_for(request)
    filters = console.filters
    found = Paginator(console.clinics.sites, CLINICS_PER_PAGE).get_page(request.GET.get("p"))
    context = {
        **titles(TITLE, ICON),
        "filters": filters,
        "states": states(),
        "groups": console.groups,
        "needs": needs(),
        "headings": [_heading(*one, filters) for one in _sortable(console.columns)],
        "columns": console.columns,
        "rows": [_row(row, console.columns) for row in console.rows(found.object_list)],
        "may_make": may_make_clinics(request.user),
        "steps": _steps(found, filters),
        "csv_address": f"{reverse('clinicsite_console:csv')}?{filters.query_string()}",
    }
    return TemplateResponse(request, "clinicsite/provisioning/admin/console/index.html", context)


@require_safe
def as_csv(request):
    """All that the filters leave, as a file for a spreadsheet; sent while it is read."""
    lines = export_lines(_console_for(request))
    response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    name = f"clinics-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def reviews(request, site_id):
    """The pages of a clinic whose next review was due by today, the longest overdue first."""
    _refuse_others(request.user)
    site = clinic_or_404(request.user, site_id)
    dates = {}
    for model in shared_page_models():
        rows = due_for_review(model).descendant_of(site.root_page)
        dates |= dict(rows.values_list("pk", "next_review_on"))
    keys = sorted(dates, key=lambda pk: (dates[pk], pk))
    found = Paginator(keys, REVIEWS_PER_PAGE).get_page(request.GET.get("p"))
    pages = Page.objects.in_bulk(list(found))
    context = {
        **titles("Reviews due", "date"),
        "page_subtitle": site.site_name or site.hostname,
        "rows": [(pages[pk], dates[pk]) for pk in found if pk in pages],
        "found": found,
    }
    return TemplateResponse(request, "clinicsite/provisioning/admin/console/reviews.html", context)


class RenameForm(forms.Form):
    """A clinic's new name."""

    name = forms.CharField(max_length=ClinicSettings._meta.get_field("name").max_length)


@require_http_methods(["GET", "HEAD", "POST"])
def rename(request, site_id):
    """Give a clinic another name."""
    if not may_make_clinics(request.user):
        raise Http404
    site = clinic_or_404(request.user, site_id)
    was = site.site_name or site.hostname
    form = RenameForm(request.POST or None, initial={"name": was})
    if request.method == "POST" and form.is_valid():
        rename_clinic(site, form.cleaned_data["name"], by=request.user)
        messages.success(request, f"“{was}” is “{form.cleaned_data['name']}” from now on.")
        return redirect("clinicsite_console:index")
    context = {**titles("Rename a clinic", "edit"), "page_subtitle": was, "form": form}
    return TemplateResponse(request, "clinicsite/provisioning/admin/console/rename.html", context)


def _console_for(request):
    _refuse_others(request.user)
    return Console(request.user, ConsoleFilters.from_query(request.GET))


def _refuse_others(user):
    if not looks_after_clinics(user):
        raise Http404


def _sortable(columns):
    yield "name", "Clinic", ""
    yield "state", "State", ""
    yield from ((column.name, column.heading, column.help_text) for column in columns)


def _heading(name, words, help_text, filters):
    """A column's heading, which sorts by it, and the other way round when it does already."""
    is_sorted = filters.sort == name
    other_way = f"-{name}" if is_sorted and not filters.is_falling else name
    return {
        "words": words,
        "help_text": help_text,
        "address": "?" + filters.query_string(sort="" if other_way == "name" else other_way),
        "direction": ("descending" if filters.is_falling else "ascending") if is_sorted else "",
    }


def _row(row, columns):
    pairs = zip(columns, row.values, strict=True)
    return {
        "name": row.name,
        "host": row.site.hostname,
        "state": row.state,
        "pages": reverse("wagtailadmin_explore", args=[row.site.root_page_id]),
        "visit": reverse("clinicsite_visit", args=[row.site.pk]),
        "settings": reverse(
            "wagtailsettings:edit", args=["clinicsite_clinics", "clinicsettings", row.site.pk]
        ),
        "copy": reverse("clinicsite_new_clinic:copy", args=[row.site.pk]),
        "rename": reverse("clinicsite_console:rename", args=[row.site.pk]),
        "retire": reverse("clinicsite_retiring:retire", args=[row.site.pk]),
        "cells": [
            {
                "kind": column.kind.value,
                "heading": column.heading,
                "value": value,
                "address": column.link(row.site) if column.link and value else "",
            }
            for column, value in pairs
        ],
    }


def _steps(page, filters):
    def address(number):
        return "?" + filters.query_string(p=number)

    return {
        "name": "Clinics",
        "first": page.start_index(),
        "last": page.end_index(),
        "count": page.paginator.count,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


class ConsoleViewSet(ViewSet):
    """The addresses of the screens."""

    name = "clinicsite_console"
    url_prefix = "clinicsite/clinics"

    def get_urlpatterns(self):
        return [
            path("", index, name="index"),
            path("clinics.csv", as_csv, name="csv"),
            path("<int:site_id>/rename/", rename, name="rename"),
            path("<int:site_id>/reviews/", reviews, name="reviews"),
        ]
