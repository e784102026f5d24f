from django.apps import AppConfig


class ProvisioningConfig(AppConfig):
    name = "clinicsite.provisioning"
    label = "clinicsite_provisioning"
    verbose_name = "Setting up"

    def ready(self):
        from clinicsite.provisioning import arriving

        arriving.connect_signals()
