"""A clinic's site never goes with a page: Wagtail would take it along, and its settings with it.

Nor does a group go that is a role of ours, and with it what everybody in it may do.
"""

from django.db.models import ProtectedError
from django.db.models.signals import pre_delete
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.models import Page, Site
from wagtail.sites.views import DeleteView, SiteViewSet
from wagtail.users.views import groups

from clinicsite.clinics.tenancy.collections import own_group_ids
from clinicsite.clinics.tenancy.scope import clinic_sites
from clinicsite.core.models.pages import is_front_page

CLOSE = (
    "To take it offline for now, close it to patients under “Launch” of the clinic. To remove it for good is "
    "the agency’s: “Retire” beside it, under Clinics > All clinics."
)

GROUP_STAYS = (
    "The group “{group}” was not deleted: it is a role, and what everybody in it may do would go with it. To "
    "take the role from somebody, take them out of the group on their own screen."
)


def install() -> None:
    """Have no clinic's site deleted with its page, and say on Wagtail's screens why a site or group stays."""
    pre_delete.connect(_refuse_to_go_along, sender=Site, dispatch_uid="clinicsite_site_goes_alone")
    # Read in Wagtail 8.0.1, whose screens for sites no setting or hook replaces, and for groups one setting
    # that is the project's.
    SiteViewSet.delete_view_class = AskingDeleteView
    groups.GroupViewSet.delete_view_class = AskingGroupDeleteView


def reasons_to_keep_sites(page: Page) -> list[str]:
    """What speaks against deleting a page: a site that shows it, or one below it."""
    sites = clinic_sites().filter(root_page__path__startswith=page.path).order_by("hostname")
    return [f"the site {site.hostname} and all its settings would go with it. {CLOSE}" for site in sites[:1]]


def reason_to_keep_site(site: Site) -> str:
    """Why the screen for sites does not delete a clinic's; "" for any other site."""
    if not is_front_page(site.root_page):
        return ""
    return (
        f"{site.hostname} is a clinic’s: its settings, its people’s roles and the addresses it remembers "
        f"would go with it. {CLOSE}"
    )


class AskingDeleteView(DeleteView):
    """Wagtail's screen to delete a site, which says of a clinic's why it stays, and what to do."""

    def dispatch(self, request, *args, **kwargs):
        if reason := reason_to_keep_site(self.object):
            messages.error(request, f"The site was not deleted: {reason}")
            return redirect(self.edit_url_name, self.object.pk)
        return super().dispatch(request, *args, **kwargs)


class AskingGroupDeleteView(groups.DeleteView):
    """Wagtail's screen to delete a group, which says of one of ours why it stays, and what to do."""

    def dispatch(self, request, *args, **kwargs):
        if self.object.pk in own_group_ids():
            messages.error(request, GROUP_STAYS.format(group=self.object))
            return redirect(self.edit_url_name, self.object.pk)
        return super().dispatch(request, *args, **kwargs)


def _refuse_to_go_along(sender, instance, origin, **kwargs):
    began_with = getattr(origin, "model", type(origin))
    if issubclass(began_with, Page) and is_front_page(instance.root_page):
        raise ProtectedError(f"{instance.hostname} is a clinic's site.", {instance})
