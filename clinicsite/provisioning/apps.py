from django.apps import AppConfig


class ProvisioningConfig(AppConfig):
    name = "clinicsite.provisioning"
    label = "provisioning"
    verbose_name = "Provisioning"
