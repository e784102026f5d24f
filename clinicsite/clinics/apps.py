from django.apps import AppConfig


class ClinicsConfig(AppConfig):
    name = "clinicsite.clinics"
    label = "clinics"
    verbose_name = "Clinics"

    def ready(self):
        from clinicsite.clinics import profile

        profile.connect_signals()
