from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "clinicsite.home"
    label = "clinicsite_home"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Home, blog and contact"

    def ready(self):
        from clinicsite.clinics.profile_parts import register_part
        from clinicsite.core import recovery
        from clinicsite.core.deleting import register_deletion_guard
        from clinicsite.core.page_cache.owners import register_unread
        from clinicsite.core.page_reading import register_parameters
        from clinicsite.home import launch_checks, structured_data
        from clinicsite.home.blog import structured_data as blog_structured_data
        from clinicsite.home.blog.addresses import blog_of
        from clinicsite.home.blog.filters import BlogFilter
        from clinicsite.home.contact.addresses import addresses_of
        from clinicsite.home.contact.deleting import reasons_to_keep_messages
        from clinicsite.home.contact.models import ContactMessage, MessageMail
        from clinicsite.home.contact.tasks import queue_overdue
        from clinicsite.home.desk.views import register_ways_back
        from clinicsite.home.search.models import MissedSearch

        register_parameters("page", *BlogFilter.NAMES)
        # Written by patients, and read by the clinic alone.
        register_unread(ContactMessage, MessageMail, MissedSearch)
        register_part("blog", blog_of)
        register_part("contact", addresses_of)
        register_deletion_guard(reasons_to_keep_messages)
        recovery.register("mails", queue_overdue)
        register_ways_back()
        launch_checks.register()
        structured_data.register()
        blog_structured_data.register()
