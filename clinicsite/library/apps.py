from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "clinicsite.library"
    label = "library"
    verbose_name = "Library"

    def ready(self):
        from clinicsite.clinics.profile import register_part
        from clinicsite.clinics.tenancy.choosers import register_readable_paths
        from clinicsite.clinics.tenancy.scope import register_agency_folder
        from clinicsite.core.publishing import register_publishing_guard
        from clinicsite.core.rendering import register_link_resolver
        from clinicsite.library import tasks
        from clinicsite.library.links import follower_urls, followers_of, library_paths
        from clinicsite.library.models.folders import LibraryFolderPage
        from clinicsite.library.releasing import recording
        from clinicsite.library.releasing.checks import unknown_token_reasons
        from clinicsite.library.releasing.pilots import pilots_of

        register_part("followers", followers_of)
        register_part("pilots", pilots_of)
        register_link_resolver(follower_urls)
        register_readable_paths(library_paths)
        register_agency_folder(LibraryFolderPage)
        register_publishing_guard(unknown_token_reasons)
        recording.connect_signals()
        tasks.connect_signals()
