from django.apps import AppConfig
from django.contrib.auth import get_user_model
from wagtail import hooks
from wagtail.users.apps import WagtailUsersAppConfig


class ClinicsConfig(AppConfig):
    name = "clinicsite.clinics"
    label = "clinicsite_clinics"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Clinics"
    default = True

    def ready(self):
        from wagtail.models import ReferenceIndex

        from clinicsite.clinics import (
            deleting,
            last_known,
            neighbours,
            page_owners,
            pools,
            profile_versions,
            retired,
            roles,
            stale_forms,
            stale_privacy,
        )
        from clinicsite.clinics import (
            hosts as clinic_hosts,
        )
        from clinicsite.clinics.audit import watching
        from clinicsite.clinics.launching import own_checks
        from clinicsite.clinics.models import (
            AuditEntry,
            ClinicSettings,
            HostCheck,
            LaunchResult,
            MailTest,
            StateChange,
        )
        from clinicsite.clinics.page_clocks import next_day_or_announcement
        from clinicsite.clinics.pictures import is_a_clinics
        from clinicsite.clinics.structured_data import clinic_and_site
        from clinicsite.clinics.tenancy import (
            apart,
            collections,
            desk,
            grants,
            hosts,
            named_forms,
            narrowing,
            ownership,
            settings,
            suspended,
            tags,
            trees,
        )
        from clinicsite.clinics.tenancy.shown import judge_bulk_actions_and_filters
        from clinicsite.core.deleting import register_deletion_guard
        from clinicsite.core.own_things import register_guard
        from clinicsite.core.page_cache.owners import register_unread
        from clinicsite.core.page_reading import register_clock
        from clinicsite.core.pictures.uploads import register_claim
        from clinicsite.core.structured_data import register_for_every_page

        # Wagtail leaves settings out, and would say of a logo in use that nothing refers to it.
        ReferenceIndex.register_model(ClinicSettings)
        own_checks.register()
        profile_versions.connect_signals()
        last_known.connect_signals()
        retired.connect_signals()
        pools.connect_signals()
        deleting.install()
        register_deletion_guard(deleting.reasons_to_keep_sites)
        register_for_every_page(clinic_and_site)
        register_claim(is_a_clinics)
        register_clock(next_day_or_announcement)
        page_owners.register()
        # Written while nobody changes a page: at each sign-in, check and press of a button.
        register_unread(AuditEntry, HostCheck, LaunchResult, MailTest, StateChange)
        trees.connect_signals()
        roles.connect_signals()
        hosts.connect_signals()
        clinic_hosts.connect_signals()
        suspended.connect_signals(ClinicSettings)
        collections.register_own_groups(roles.own_group_ids)
        apart.register_own_workflows(roles.own_workflow_ids)
        collections.connect_signals()
        ownership.connect_signals()
        register_guard(neighbours.may_show)
        collections.register_policies()
        grants.register_policies()
        settings.register_policies()
        judge_bulk_actions_and_filters()
        narrowing.narrow()
        desk.narrow_desk()
        named_forms.judge_what_forms_name()
        tags.narrow_popular_tags()
        stale_forms.install()
        stale_privacy.install()
        watching.connect()


class ClinicUsersConfig(WagtailUsersAppConfig):
    """Wagtail's users, of whom only a superuser makes, edits or switches off superusers."""

    user_viewset = "clinicsite.clinics.users.UserViewSet"

    def ready(self):
        super().ready()
        from clinicsite.clinics import roles
        from clinicsite.clinics.users import refuse_superusers

        # Only here: where the project has Wagtail's own screens of people, they would make superusers.
        roles.register_model_grants(
            get_user_model(), {roles.AGENCY_ADMINISTRATORS: ("add", "change", "delete")}
        )
        hooks.register("before_bulk_action", refuse_superusers)
