from django.apps import AppConfig


class LibraryConfig(AppConfig):
    name = "clinicsite.library"
    label = "library"
    verbose_name = "Library"

    def ready(self):
        from clinicsite.clinics.profile import register_part
        from clinicsite.clinics.tenancy.choosers import register_readable_paths
        from clinicsite.core.rendering import register_link_resolver
        from clinicsite.library.links import follower_urls, followers_of, library_paths

        register_part("followers", followers_of)
        register_link_resolver(follower_urls)
        register_readable_paths(library_paths)
