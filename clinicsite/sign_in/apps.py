from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SignInConfig(AppConfig):
    """Signing in to the admin."""

    name = "clinicsite.sign_in"
    label = "clinicsite_sign_in"
    verbose_name = _("Signing in")

    def ready(self):
        from clinicsite.sign_in import ending, noting

        ending.connect()
        noting.connect()
