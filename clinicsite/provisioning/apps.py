from django.apps import AppConfig


class ProvisioningConfig(AppConfig):
    name = "clinicsite.provisioning"
    label = "clinicsite_provisioning"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Setting up"

    def ready(self):
        from clinicsite.provisioning import arriving

        arriving.connect_signals()
