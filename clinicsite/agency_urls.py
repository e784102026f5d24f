"""Addresses on the agency's host: its list of clinics, and the admin."""

from django.apps import apps
from django.urls import include, path
from django.views.generic import RedirectView
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from clinicsite.clinics import page_passwords, well_known
from clinicsite.clinics.agency import clinic_list
from clinicsite.clinics.stylesheets import stylesheet_view
from clinicsite.core.media_files import media_urls
from clinicsite.core.routing import page_urls

#: A project that signs people in its own way leaves the app out.
sign_in = (
    [
        path("admin/", include("clinicsite.sign_in.urls")),
        # Wagtail's own way in, for visitors of pages, knows of no second step and counts no tries.
        path("_util/login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    ]
    if apps.is_installed("clinicsite.sign_in")
    else []
)

urlpatterns = [
    path("", clinic_list, name="clinicsite_clinic_list"),
    path("", include(well_known)),
    *sign_in,
    path("admin/", include("clinicsite.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("", include(page_passwords)),
    path("documents/", include(wagtaildocs_urls)),
    path("clinicsite/<slug:digest>.css", stylesheet_view, name="clinicsite_stylesheet"),
    *media_urls(),
    *page_urls,
]

handler400 = "clinicsite.clinics.errors.bad_request"
handler403 = "clinicsite.clinics.refusals.permission_denied"
handler404 = "clinicsite.clinics.refusals.page_not_found"
handler500 = "clinicsite.clinics.errors.server_error"
