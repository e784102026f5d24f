"""The history of the library: who released what to whom, when and why."""

from django.core.paginator import Paginator
from django.db.models import Max, Q
from django.http import Http404
from django.template.response import TemplateResponse
from wagtail.models import Page

from clinicsite.clinics.tenancy import clinic_sites, scope_of
from clinicsite.core.rendering import key_or_none
from clinicsite.library.matrix.reach import Reach
from clinicsite.library.models.releases import Release
from clinicsite.library.releasing.of_groups import of_group
from clinicsite.library.tree import in_library, is_library_page
from clinicsite.library.views.clinics import titles

#: State of a release -> icon beside its word; never colour alone.
STATE_ICONS = {
    Release.State.PILOT: "group",
    Release.State.SCHEDULED: "time",
    Release.State.LIVE: "success",
    Release.State.ENDED: "cross",
    Release.State.UNDONE: "rotate",
    Release.State.RETIRED: "history",
}
RELEASES_PER_PAGE = 25


def release_history(request):
    """Who released what to whom, when and why: of one library page, or of all a person looks after."""
    page_id = key_or_none(request.GET.get("page"))
    page = library_page_or_404(request.user, page_id) if request.GET.get("page") else None
    shown = [page.pk] if page else _library_pages_of(request.user).values("pk")
    groups = Reach.of(request.user).groups
    group = groups.filter(pk=key_or_none(request.GET.get("group"))).first()
    rows = Release.objects.filter(page__in=shown)
    if group is not None:
        rows = of_group(rows, group, clinic_sites())
    related = ("page", "released_by", "ended_by", "replaced_by", "approval__approved_by")
    rows = rows.select_related(*related).prefetch_related("pilots").defer("content", "before")
    rows = rows.annotate(has_before=Q(before__isnull=False))
    found = Paginator(rows, RELEASES_PER_PAGE).get_page(request.GET.get("p"))
    newest = _newest_in_effect(found)
    context = {
        **titles("Releases", "history"),
        "page_subtitle": page.get_admin_display_title() if page else "",
        "page": page,
        "entries": [_entry(row, request.user, newest) for row in found],
        "found": found,
        "groups": groups,
        "group": group,
    }
    return TemplateResponse(request, "clinicsite/library/admin/releases/history.html", context)


def library_page_or_404(user, page_id):
    """A library page for somebody who works in the library; for a clinic's people it is not there."""
    page = Page.objects.filter(pk=page_id).first() if page_id else None
    page = page.specific if page and scope_of(user).contains(page) else None
    if page is None or not is_library_page(page) or not page.permissions_for_user(user).can_edit():
        raise Http404("No such library page.")
    return page


def names_of(sites):
    """What people call these clinics."""
    return [site.site_name or site.hostname for site in sites]


def _library_pages_of(user):
    """The pages of the library inside a person's scope; nobody else has a history to see."""
    pages = scope_of(user).pages(Page.objects.filter(in_library()))
    if not pages.exists():
        raise Http404("No library.")
    return pages


def _newest_in_effect(rows):
    """The newest release of each page shown that has not been ended or taken back: the one to undo first."""
    counted = Release.objects.filter(page__in={row.page_id for row in rows}).exclude(
        state__in=[Release.State.ENDED, Release.State.UNDONE]
    )
    return set(counted.order_by().values("page").annotate(pk=Max("pk")).values_list("pk", flat=True))


def _entry(row, user, newest):
    is_next = row.state == Release.State.LIVE and row.has_before and row.pk in newest
    may_undo = is_next and row.page.permissions_for_user(user).can_publish()
    return {
        "release": row,
        "icon": STATE_ICONS[row.state],
        "clinics": names_of(row.pilots.all()),
        "may_undo": may_undo,
        "can_compare": row.revision_id and row.revision_before_id,
    }
