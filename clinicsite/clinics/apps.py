from django.apps import AppConfig


class ClinicsConfig(AppConfig):
    name = "clinicsite.clinics"
    label = "clinics"
    verbose_name = "Clinics"

    def ready(self):
        from clinicsite.clinics import last_known, profile
        from clinicsite.clinics.structured_data import clinic_and_site
        from clinicsite.clinics.tenancy.shown import judge_bulk_actions_and_filters
        from clinicsite.core.structured_data import register_for_every_page

        profile.connect_signals()
        last_known.connect_signals()
        register_for_every_page(clinic_and_site)
        judge_bulk_actions_and_filters()
