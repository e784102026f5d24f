"""Preview a library page as a clinic: for the library's people as any clinic, for a clinic's as their own.

The preview is made inside the admin, by a request that never reaches the clinic's site: no patient and
nobody of another clinic can open it.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_GET
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.models import Page, Site
from wagtail.utils.decorators import xframe_options_sameorigin_override

from clinicsite.clinics.tenancy import clinic_sites
from clinicsite.library.joining.adding import library_page_or_none
from clinicsite.library.joining.preview_links import lead_on
from clinicsite.library.joining.previewing import follower_on, newest_version, page_as_clinic
from clinicsite.library.shared_pages.page import SharedPage
from clinicsite.library.views.clinics import choose_clinic, clinics_of, titles

ICON = "view"


@dataclass(frozen=True)
class Preview:
    """A library page, the clinic it is to look like, and how much the person may see of both."""

    library_page: SharedPage
    site: Site
    sees_library_drafts: bool
    is_own_clinic: bool


@require_GET
def preview_choose(request, page_id):
    """Choose the clinic to preview a library page as."""
    library_page = _library_page_or_404(page_id)
    sites = clinics_of(request.user)
    if _edits_library(request.user, library_page):
        sites = clinic_sites().order_by("site_name", "hostname", "pk")
    elif not library_page.live or not sites.exists():
        raise Http404
    if len(found := list(sites[:2])) == 1:
        return redirect("clinicsite_library:preview_as", library_page.pk, found[0].pk)
    title = f"Preview “{library_page.title}” as a clinic"
    link = _link_to(library_page, get_valid_next_url_from_request(request))
    question = "Whose site should it look like?"
    return choose_clinic(request, title=title, icon=ICON, question=question, sites=sites, link=link)


@require_GET
def preview_as(request, page_id, site_id):
    """The preview in a frame, with what it shows and what it leaves out in words."""
    preview = _preview_or_404(request.user, page_id, site_id)
    library_page, site = preview.library_page, preview.site
    follower = follower_on(library_page, site, with_drafts=preview.is_own_clinic)
    context = {
        **titles(f"“{library_page.title}” as {site.site_name or site.hostname}", ICON),
        "site": site,
        "library_page": library_page,
        "follower": follower,
        "is_draft": preview.sees_library_drafts and library_page.has_unpublished_changes,
        "content_url": reverse("clinicsite_library:preview_content", args=[library_page.pk, site.pk]),
        "is_narrow": request.GET.get("width") == "phone",
        "here": request.path,
        "next": get_valid_next_url_from_request(request),
    }
    return TemplateResponse(request, "clinicsite/library/admin/previews/preview_as.html", context)


@require_GET
@xframe_options_sameorigin_override
def preview_content(request, page_id, site_id):
    """What the frame shows: the page as the clinic's patients would read it."""
    preview = _preview_or_404(request.user, page_id, site_id)
    version = newest_version(preview.library_page) if preview.sees_library_drafts else None
    with_drafts = preview.is_own_clinic
    page = page_as_clinic(preview.library_page, preview.site, version=version, with_drafts=with_drafts)
    response = page.make_preview_request(request, page.default_preview_mode, {"in_preview_panel": True})
    html = lead_on(response.content.decode(), page, preview.site, _preview_as(preview))
    response.content = html.encode()
    if response.has_header("Content-Length"):
        response["Content-Length"] = len(response.content)
    return response


def _preview_as(preview):
    """Gives the preview of another library page as the same clinic, where the same person may see it."""

    def address_of(library_page_id):
        is_seen = preview.sees_library_drafts or Page.objects.filter(pk=library_page_id, live=True).exists()
        address = reverse("clinicsite_library:preview_as", args=[library_page_id, preview.site.pk])
        return address if is_seen else None

    return address_of


def _preview_or_404(user, page_id, site_id):
    library_page = _library_page_or_404(page_id)
    edits_library = _edits_library(user, library_page)
    is_own = clinics_of(user).filter(pk=site_id).exists()
    site = clinic_sites().filter(pk=site_id).select_related("root_page").first()
    # The library's drafts are its own people's; a clinic is its own people's and the library's.
    if site is None or not (edits_library or (is_own and library_page.live)):
        raise Http404
    return Preview(library_page, site, edits_library, is_own)


def _library_page_or_404(page_id):
    library_page = library_page_or_none(page_id)
    if library_page is None:
        raise Http404
    return library_page


def _edits_library(user, library_page):
    permissions = library_page.permissions_for_user(user)
    return permissions.can_edit() or permissions.can_publish()


def _link_to(library_page, next_url):
    back = f"?{urlencode({'next': next_url})}" if next_url else ""
    return lambda site: reverse("clinicsite_library:preview_as", args=[library_page.pk, site.pk]) + back


urlpatterns = [
    path("pages/<int:page_id>/preview/", preview_choose, name="preview_choose"),
    path("pages/<int:page_id>/preview/<int:site_id>/", preview_as, name="preview_as"),
    path("pages/<int:page_id>/preview/<int:site_id>/content/", preview_content, name="preview_content"),
]
