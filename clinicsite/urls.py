"""Addresses on a clinic's host."""

from django.apps import apps
from django.urls import include, path, re_path
from wagtail.documents import urls as wagtaildocs_urls

from clinicsite.clinics import icon_views, offline, page_passwords, well_known
from clinicsite.clinics.agency import to_the_admin
from clinicsite.clinics.cards import views as card_views
from clinicsite.clinics.refusals import no_sign_in_here
from clinicsite.clinics.stylesheets import stylesheet_view
from clinicsite.core.media_files import media_urls
from clinicsite.core.routing import page_urls
from clinicsite.home.llms import llms_txt
from clinicsite.home.search.views import search
from clinicsite.home.sitemaps import sitemap

urlpatterns = [
    # The admin lives on the agency's host; an owner who types it on the clinic's is taken there.
    re_path(r"^admin/(?P<rest>.*)$", to_the_admin),
    # Nobody signs in on a clinic's host. Wagtail's own address for it is among those of pages.
    path("_util/login/", no_sign_in_here),
    path("", include(page_passwords)),
    path("documents/", include(wagtaildocs_urls)),
    path("sitemap.xml", sitemap, name="clinicsite_sitemap"),
    path("llms.txt", llms_txt, name="clinicsite_llms_txt"),
    path("search/", search, name="clinicsite_search"),
    path("", include(well_known)),
    path("", include(icon_views)),
    path("", include(offline)),
    path("", include(card_views)),
    path("clinicsite/<slug:digest>.css", stylesheet_view, name="clinicsite_stylesheet"),
    *media_urls(),
    *page_urls,
]

handler400 = "clinicsite.clinics.errors.bad_request"
handler403 = "clinicsite.clinics.refusals.permission_denied"
handler404 = "clinicsite.clinics.refusals.page_not_found"
handler500 = "clinicsite.clinics.errors.server_error"

if apps.is_installed("clinicsite.styleguide"):
    urlpatterns.insert(0, path("", include("clinicsite.styleguide.urls")))
