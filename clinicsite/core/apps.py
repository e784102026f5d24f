from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "clinicsite.core"
    label = "clinicsite_core"
    default_auto_field = "django.db.models.BigAutoField"
    verbose_name = "Core"

    def ready(self):
        from clinicsite.core import (
            checks,
            cleaning,
            deleting_doors,
            gone,
            indexing,
            installation,
            redirect_rules,
            redirects,
            site_roots,
            site_rules,
            ticked_pages,
            typed_filters,
            wagtail_private,
            zones,
        )
        from clinicsite.core.page_cache import unread
        from clinicsite.core.page_cache.setup import begin_watching
        from clinicsite.core.pictures import avif, names, preparing, uploads

        zones.prefer_newest()
        checks.register_all()
        installation.register_all()
        site_roots.connect_signals()
        redirects.connect_signals()
        preparing.connect_signals()
        uploads.connect_signals()
        names.connect_signals()
        avif.install()
        gone.connect_signals()
        site_rules.install()
        redirect_rules.install()
        deleting_doors.install()
        ticked_pages.connect_signals()
        cleaning.connect_signals()
        indexing.connect_signals()
        typed_filters.install()
        wagtail_private.take_no_address_for_an_empty_one()
        wagtail_private.make_nothing_without_a_form()
        wagtail_private.find_reviews_at_once()
        unread.register()
        # Last: what is saved must go through everybody else first.
        begin_watching()
