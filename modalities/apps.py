from django.apps import AppConfig


class ModalitiesConfig(AppConfig):
    name = "clinicsite.modalities"
    label = "clinicsite_modalities"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Treatments and conditions"

    def ready(self):
        from clinicsite.clinics import roles
        from clinicsite.clinics.tenancy.own_rows import register_own_rows
        from clinicsite.core.deleting import register_deletion_guard
        from clinicsite.core.publishing import register_publishing_guard
        from clinicsite.library.releasing.checks import register_release_check
        from clinicsite.modalities import launch_checks, structured_data
        from clinicsite.modalities.deleting import reasons_to_keep_evidence
        from clinicsite.modalities.models.own_references import OwnReference
        from clinicsite.modalities.models.references import Reference
        from clinicsite.modalities.release_checks import (
            missing_citations,
            unconfirmed_headlines,
            unconfirmed_sentences,
        )

        register_own_rows(OwnReference, "site")
        register_release_check(missing_citations)
        register_deletion_guard(reasons_to_keep_evidence)
        register_release_check(unconfirmed_sentences)
        register_publishing_guard(unconfirmed_headlines)
        roles.register_model_grants(
            Reference,
            {
                roles.LIBRARY_EDITORS: ("add", "change", "view"),
                roles.CLINICAL_REVIEWERS: ("change", "view"),
                roles.AGENCY_ADMINISTRATORS: ("add", "change", "delete"),
            },
        )
        launch_checks.register()
        structured_data.register()
