from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "clinicsite.core"
    label = "core"
    verbose_name = "Core"

    def ready(self):
        from clinicsite.core import checks, redirects, site_roots

        checks.register_all()
        site_roots.connect_signals()
        redirects.connect_signals()
