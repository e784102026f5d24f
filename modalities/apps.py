from django.apps import AppConfig


class ModalitiesConfig(AppConfig):
    name = "modalities"
    verbose_name = "Treatments and conditions"

    def ready(self):
        from clinicsite.library.releasing.checks import register_release_check
        from modalities import structured_data
        from modalities.release_checks import missing_citations

        register_release_check(missing_citations)
        structured_data.register()
