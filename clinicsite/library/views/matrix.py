"""The matrix: library pages beside clinics, on screen a page at a time and as a spreadsheet in full."""

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_safe
from wagtail.admin.menu import Menu, MenuItem, SubmenuMenuItem

from clinicsite.library.matrix.export import export_lines
from clinicsite.library.matrix.filters import ROWS_OFFERED, MatrixFilters, page_types
from clinicsite.library.matrix.grid import Matrix
from clinicsite.library.matrix.reach import Reach, editable_paths
from clinicsite.library.matrix.states import FILTERABLE, LABELS, Mark
from clinicsite.library.views.clinics import titles

TITLE, ICON = "Library matrix", "table"
COLUMNS = 12
#: Where a clinic's page shows what it makes of the library.
PANEL = "#panel-child-content-what_patients_read-section"


class LibraryMenuItem(SubmenuMenuItem):
    """The library's own screens, for people who look after the library or a network."""

    def is_shown(self, request):
        return Reach.of(request.user).is_any


def library_menu_item():
    """The menu entry “Library”."""
    items = [
        MenuItem(
            "Matrix",
            reverse_lazy("clinicsite_library:matrix"),
            name="clinicsite-library-matrix",
            icon_name=ICON,
            order=10,
        ),
        MenuItem(
            "Releases",
            reverse_lazy("clinicsite_library:release_history"),
            name="clinicsite-library-releases",
            icon_name="history",
            order=20,
        ),
    ]
    return LibraryMenuItem(
        "Library",
        Menu(None, items=items),
        name="clinicsite-library",
        icon_name="folder-open-inverse",
        order=104,
    )


@require_safe
def matrix(request):
    """Which clinic does what with which library page."""
    shown = _matrix_for(request)
    filters = shown.filters
    found = Paginator(shown.site_ids, filters.rows).get_page(request.GET.get("p"))
    columns = Paginator(shown.pages, COLUMNS).get_page(request.GET.get("columns"))
    editable = editable_paths(request.user)
    totals = shown.totals(columns.object_list)
    context = {
        **titles(TITLE, ICON),
        "filters": filters,
        "networks": shown.reach.networks,
        "groups": shown.reach.groups,
        "types": page_types(),
        "states": [(mark.value, LABELS[mark][0]) for mark in FILTERABLE],
        "rows_offered": ROWS_OFFERED,
        "legend": [LABELS[mark] for mark in Mark],
        "columns": [_column(page, totals.get(page.id, {}), editable) for page in columns],
        "rows": [_row(row, editable) for row in shown.rows(found.object_list, columns.object_list)],
        "row_steps": _steps("Clinics", "p", found, filters, columns=columns.number),
        "column_steps": _steps("Library pages", "columns", columns, filters, p=found.number),
        "csv_address": f"{reverse('clinicsite_library:matrix_csv')}?{filters.query_string()}",
    }
    return TemplateResponse(request, "clinicsite/library/admin/matrix/matrix.html", context)


@require_safe
def matrix_csv(request):
    """Everything the filters leave, as a file for a spreadsheet; sent while it is read."""
    response = StreamingHttpResponse(
        export_lines(_matrix_for(request)), content_type="text/csv; charset=utf-8"
    )
    name = f"library-matrix-{timezone.localdate():%Y-%m-%d}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _matrix_for(request):
    reach = Reach.of(request.user)
    if not reach.is_any:
        raise PermissionDenied
    return Matrix(reach, MatrixFilters.from_query(request.GET))


def _column(page, totals, editable):
    return {
        "title": page.title,
        "type": page.type_name,
        "is_live": page.is_live,
        "address": reverse("wagtailadmin_pages:edit", args=[page.id]) if _may_edit(page, editable) else "",
        "totals": totals,
    }


def _row(row, editable):
    return {
        "name": row.site.clinic_name,
        "host": row.site.hostname,
        "cells": [cell and _cell(cell, editable) for cell in row.cells],
    }


def _cell(cell, editable):
    if not cell.followers:
        return {"page": cell.library_page, "absence": LABELS[cell.absence]}
    return {
        "page": cell.library_page,
        "followers": [
            {
                "address": _panel_address(one) if _may_edit(one, editable) else "",
                "marks": [(*LABELS[mark][:2], count) for mark, count in one.marks.items()],
                "changed_at": one.changed_at,
            }
            for one in cell.followers
        ],
    }


def _panel_address(follower):
    return reverse("wagtailadmin_pages:edit", args=[follower.id]) + PANEL


def _may_edit(page, editable):
    return page.path.startswith(editable)


def _steps(name, parameter, page, filters, **others):
    """What the links to the page before and after need: their addresses keep every other choice."""

    def address(number):
        return "?" + filters.query_string(**others, **{parameter: number})

    return {
        "name": name,
        "first": page.start_index(),
        "last": page.end_index(),
        "count": page.paginator.count,
        "previous": address(page.previous_page_number()) if page.has_previous() else "",
        "next": address(page.next_page_number()) if page.has_next() else "",
    }


urlpatterns = [
    path("matrix/", matrix, name="matrix"),
    path("matrix.csv", matrix_csv, name="matrix_csv"),
]
