from wagtail import hooks

from clinicsite.clinics.tenancy.choosers import limit_page_chooser
from clinicsite.clinics.tenancy.listings import ClinicPageViewSet


@hooks.register("construct_page_chooser_queryset")
def limit_page_choosers(pages, request):
    return limit_page_chooser(pages, request)


@hooks.register("register_admin_viewset")
def register_page_views():
    return ClinicPageViewSet("clinic_pages")
