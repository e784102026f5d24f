from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "clinicsite.library"
    label = "clinicsite_library"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Library"

    def ready(self):
        from clinicsite.clinics.audit.log import Kind
        from clinicsite.clinics.audit.watching import follow
        from clinicsite.clinics.profile_parts import register_part
        from clinicsite.clinics.roles import AGENCY_ADMINISTRATORS, LIBRARY_EDITORS, register_model_grants
        from clinicsite.clinics.tenancy.choosers import register_readable_paths
        from clinicsite.clinics.tenancy.trees import register_folder
        from clinicsite.core import wagtail_private
        from clinicsite.core.deleting import register_deletion_guard
        from clinicsite.core.publishing import register_publishing_guard
        from clinicsite.core.rendering import register_link_resolver
        from clinicsite.library import checks, tasks
        from clinicsite.library.deleting import reasons_to_keep_library_pages
        from clinicsite.library.links import follower_urls, followers_of
        from clinicsite.library.models.emergency import EmergencyHelp
        from clinicsite.library.models.folders import LibraryFolderPage
        from clinicsite.library.models.packs import StarterPack
        from clinicsite.library.models.synonyms import SynonymGroup
        from clinicsite.library.one_live_follower import reasons_against_a_second
        from clinicsite.library.releasing.checks import included_words_reasons, unknown_token_reasons
        from clinicsite.library.releasing.reviewing import approve_library_page
        from clinicsite.library.tree import library_paths
        from clinicsite.library.versions import recording
        from clinicsite.library.versions.read_by_clinic import pilots_of

        checks.register_all()
        register_part("followers", followers_of)
        register_part("pilots", pilots_of)
        register_link_resolver(follower_urls)
        register_readable_paths(library_paths)
        register_folder(LibraryFolderPage)
        everything = ("add", "change", "delete")
        follow("clinicsite_library.release", Kind.RELEASE)
        follow("clinicsite_library.undo", Kind.RELEASE)
        follow("wagtail.unpublish", Kind.RETIREMENT)
        register_model_grants(SynonymGroup, {LIBRARY_EDITORS: everything, AGENCY_ADMINISTRATORS: everything})
        register_model_grants(StarterPack, {LIBRARY_EDITORS: everything, AGENCY_ADMINISTRATORS: everything})
        register_model_grants(EmergencyHelp, {LIBRARY_EDITORS: ["change"], AGENCY_ADMINISTRATORS: ["change"]})
        register_publishing_guard(unknown_token_reasons)
        register_publishing_guard(included_words_reasons)
        register_publishing_guard(reasons_against_a_second)
        register_deletion_guard(reasons_to_keep_library_pages)
        recording.connect_signals()
        wagtail_private.before_a_workflow_finishes(approve_library_page)
        tasks.connect_signals()
