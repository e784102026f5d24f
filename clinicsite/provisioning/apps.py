from django.apps import AppConfig


class ProvisioningConfig(AppConfig):
    name = "clinicsite.provisioning"
    label = "clinicsite_provisioning"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Setting up"

    def ready(self):
        from clinicsite.clinics.models import ClinicGroup, Notice
        from clinicsite.clinics.roles import AGENCY_ADMINISTRATORS, register_model_grants
        from clinicsite.core import recovery
        from clinicsite.core.page_cache.owners import register_unread
        from clinicsite.core.publishing import register_publishing_guard
        from clinicsite.provisioning import arriving
        from clinicsite.provisioning.bulk import working
        from clinicsite.provisioning.console import figures
        from clinicsite.provisioning.models import BulkClinic, BulkWork, ClinicPlan, Invitation, WaitingPage
        from clinicsite.provisioning.risk import waiting

        register_unread(BulkClinic, BulkWork, ClinicPlan, Invitation, WaitingPage)
        register_publishing_guard(waiting.reasons_against)
        waiting.connect_signals()
        recovery.register("work on many clinics", working.lost_work)
        arriving.connect_signals()
        figures.register_columns()
        for model in (ClinicGroup, Notice):
            register_model_grants(model, {AGENCY_ADMINISTRATORS: ("add", "change", "delete")})
