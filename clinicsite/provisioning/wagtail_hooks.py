from django.urls import reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from clinicsite.clinics.tenancy.surface import HOOK
from clinicsite.provisioning.admin_surface import JUDGEMENTS
from clinicsite.provisioning.bulk import views as bulk
from clinicsite.provisioning.colleagues import views as colleagues
from clinicsite.provisioning.console.attention import AttentionPanel
from clinicsite.provisioning.console.views import (
    CLINICS_MENU,
    ConsoleViewSet,
    all_clinics_menu_item,
    clinics_menu_item,
)
from clinicsite.provisioning.groups import ClinicGroupViewSet, NoticeViewSet
from clinicsite.provisioning.notices import NoticesPanel
from clinicsite.provisioning.pools import PoolsViewSet, pools_menu_item
from clinicsite.provisioning.retiring.views import RetiringViewSet, retired_menu_item
from clinicsite.provisioning.risk import views as risk
from clinicsite.provisioning.risk import waiting
from clinicsite.provisioning.wizard.views import TITLE, NewClinicViewSet, may_make_clinics


class NewClinicMenuItem(MenuItem):
    """Leads to making a clinic, for whoever may."""

    def is_shown(self, request):
        return may_make_clinics(request.user)


@hooks.register("register_admin_viewset")
def register_new_clinic():
    return NewClinicViewSet()


@hooks.register("register_admin_menu_item")
def register_menu_item():
    address = reverse("clinicsite_new_clinic:begin")
    return NewClinicMenuItem(TITLE, address, name="clinicsite-new-clinic", icon_name="plus", order=205)


@hooks.register("register_admin_viewset")
def register_colleagues():
    return colleagues.ColleaguesViewSet()


@hooks.register("register_settings_menu_item")
def register_colleagues_menu_item():
    address = reverse("clinicsite_colleagues:index")
    name = "clinicsite-colleagues"
    return colleagues.ColleaguesMenuItem(
        colleagues.TITLE, address, name=name, icon_name=colleagues.ICON, order=90
    )


@hooks.register("register_admin_viewset")
def register_console():
    return [ConsoleViewSet(), ClinicGroupViewSet(), NoticeViewSet(), RetiringViewSet(), PoolsViewSet()]


@hooks.register("register_admin_menu_item")
def register_clinics_menu():
    return clinics_menu_item()


@hooks.register(CLINICS_MENU)
def register_all_clinics():
    return all_clinics_menu_item()


@hooks.register(CLINICS_MENU)
def register_pools():
    return pools_menu_item()


@hooks.register(CLINICS_MENU)
def register_retired():
    return retired_menu_item()


@hooks.register("register_admin_viewset")
def register_work_on_many_clinics():
    return bulk.BulkViewSet()


@hooks.register(CLINICS_MENU)
def register_work_on_many_clinics_for_the_agency():
    return bulk.agency_menu_item()


@hooks.register("register_admin_menu_item")
def register_work_on_many_clinics_for_networks():
    return bulk.network_menu_item()


@hooks.register("register_admin_viewset")
def register_what_waits_for_the_agency():
    return risk.RiskViewSet()


@hooks.register("register_admin_menu_item")
def register_what_waits_in_the_menu():
    return risk.menu_item()


@hooks.register("register_log_actions")
def register_what_waits_in_the_log(actions):
    waiting.register_log_actions(actions)


@hooks.register("construct_homepage_panels")
def add_notices(request, panels):
    panels.append(NoticesPanel(request))


@hooks.register("construct_homepage_panels")
def add_attention(request, panels):
    panels.append(AttentionPanel(request))


@hooks.register(HOOK)
def judge_admin_surface():
    return JUDGEMENTS
