"""Addresses in the admin that stand before Wagtail's own.

path("admin/", include("clinicsite.admin_urls")),
path("admin/", include(wagtailadmin_urls)),
"""

from django.urls import include, path

from clinicsite.clinics import account
from clinicsite.clinics.launching import confirming
from clinicsite.clinics.tenancy import chooser_views, reports, tag_views
from clinicsite.provisioning.colleagues import answering

urlpatterns = [
    path("account/", include(account)),
    path("clinicsite/invitation/", include(answering)),
    path("clinicsite/mail-test/", include(confirming)),
    path("choose-page/", include(chooser_views)),
    path("reports/", include(reports)),
    path("tag-autocomplete/", include(tag_views)),
]
