"""Settings of a site: the product's belong to clinics, the project's to its other sites."""

from wagtail.contrib.settings.models import BaseSiteSetting
from wagtail.contrib.settings.registry import registry
from wagtail.models import Site
from wagtail.permission_policies.sites import SitePermissionPolicy
from wagtail.permissions import policy_registry

from clinicsite.clinics.tenancy import hosts
from clinicsite.clinics.tenancy.chosen import of_groups_here, place_at_work
from clinicsite.clinics.tenancy.policies import put_before
from clinicsite.clinics.tenancy.scope import of_clinics, scope_at_work


class ClinicSitesPolicy(SitePermissionPolicy):
    """Who may edit a setting of ours for which site: for no site but a clinic's, whatever somebody may do."""

    def get_cached_permissions_for_user(self, user):
        return of_groups_here(user, super().get_cached_permissions_for_user(user))

    def user_has_any_permission(self, user, actions):
        is_none_of_theirs = scope_at_work(user).is_projects
        return not is_none_of_theirs and super().user_has_any_permission(user, actions)

    def sites_user_has_any_permission_for(self, user, actions):
        sites = super().sites_user_has_any_permission_for(user, actions).filter(of_clinics())
        place = place_at_work(user)
        return sites.filter(root_page__path__startswith=place) if place else sites

    def user_has_any_permission_for_instance(self, user, actions, instance):
        may = super().user_has_any_permission_for_instance(user, actions, instance)
        return may and _is_clinics(self, instance)


class ProjectSitesMixin:
    """Who may edit a setting of the project's: its people do not meet the clinics' sites there."""

    def sites_user_has_any_permission_for(self, user, actions):
        sites = super().sites_user_has_any_permission_for(user, actions)
        return sites.exclude(of_clinics()) if scope_at_work(user).is_projects else sites

    def user_has_any_permission_for_instance(self, user, actions, instance):
        may = super().user_has_any_permission_for_instance(user, actions, instance)
        return may and not (scope_at_work(user).is_projects and _is_clinics(self, instance))


def _is_clinics(policy, instance):
    """Whether a site, or a setting of one, is a clinic's."""
    if isinstance(instance, Site) and hosts.is_projects(instance.hostname):
        return False
    site_id = instance.pk if isinstance(instance, Site) else getattr(instance, policy.site_fk_field_name)
    return Site.objects.filter(of_clinics(), pk=site_id).exists()


def register_policies() -> None:
    """Put the rule on each setting that the project has registered; its own policy goes on being asked."""
    for model in registry:
        policy = policy_registry.get_by_type(model)
        if issubclass(model, BaseSiteSetting) and not isinstance(policy, ClinicSitesPolicy):
            put_before(model, ProjectSitesMixin)
