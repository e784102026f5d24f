from django.apps import AppConfig


class ProvisioningConfig(AppConfig):
    name = "clinicsite.provisioning"
    label = "clinicsite_provisioning"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Setting up"

    def ready(self):
        from clinicsite.core.page_cache.owners import register_unread
        from clinicsite.provisioning import arriving
        from clinicsite.provisioning.models import ClinicPlan

        register_unread(ClinicPlan)
        arriving.connect_signals()
