"""Parts of the settings that every project takes alike: this checkout, and one made by `clinicsite start`."""

from pathlib import Path
from typing import Any

from clinicsite import plugin
from clinicsite.settings import services
from clinicsite.settings.services import Values

__all__ = ["for_one_machine", "for_the_public", "in_folder"]

#: Signing in with a second step: `clinicsite.sign_in`, on django-allauth.
SIGN_IN_APPS = ("clinicsite.sign_in", "allauth", "allauth.account", "allauth.mfa", "allauth.usersessions")
SIGN_IN: Values = {
    "CSRF_FAILURE_VIEW": "clinicsite.sign_in.views.csrf_failure",
    "ACCOUNT_ADAPTER": "clinicsite.sign_in.adapters.AccountAdapter",
    "ACCOUNT_EMAIL_NOTIFICATIONS": True,
    # People are made by people of their clinic or agency, whose mail to the address is the proof.
    "ACCOUNT_EMAIL_VERIFICATION": "none",
    "ACCOUNT_LOGIN_METHODS": {"username"},
    "ACCOUNT_SIGNUP_FIELDS": ["username*", "password1*", "password2*"],
    "LOGIN_REDIRECT_URL": "wagtailadmin_home",
    "MFA_ADAPTER": "clinicsite.sign_in.adapters.SecondFactorAdapter",
    "MFA_ALLOW_UNVERIFIED_EMAIL": True,
    "MFA_FORMS": {"add_webauthn": "clinicsite.sign_in.forms.AddPasskeyForm"},
    "MFA_PASSKEY_LOGIN_ENABLED": True,
    "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
    # A clock may be half a minute wrong either way.
    "MFA_TOTP_TOLERANCE": 1,
}


def in_folder(values: Values, base_dir: Path) -> Values:
    """What lies in the project's folder unless the environment names another: database and files."""
    return {
        "BASE_DIR": base_dir,
        "DATABASES": {"default": services.database(values, base_dir)},
        "STATIC_ROOT": base_dir / values["STATIC_ROOT"],
        "MEDIA_ROOT": base_dir / values["MEDIA_ROOT"],
    }


def for_the_public(values: Values, storages: dict[str, Any]) -> Values:
    """What production has beside the rest: https, cookies of its own, files with a hash in their names."""
    hashed = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    return {
        "STORAGES": storages | {"staticfiles": hashed},
        "SECURE_SSL_REDIRECT": values["SECURE_SSL"],
        # A proxy beside the server asks without https whether it may get a certificate.
        "SECURE_REDIRECT_EXEMPT": [r"^clinicsite/ask/$"],
        "SESSION_COOKIE_SECURE": values["SECURE_SSL"],
        "CSRF_COOKIE_SECURE": values["SECURE_SSL"],
    } | (_only_https(values) if values["SECURE_SSL"] else {})


def _only_https(values: Values) -> Values:
    """The prefix makes a browser refuse these cookies from any other host, or without https."""
    return {
        "SECURE_HSTS_SECONDS": values["HSTS_SECONDS"],
        "SECURE_HSTS_INCLUDE_SUBDOMAINS": values["HSTS_SUBDOMAINS"],
        "SECURE_HSTS_PRELOAD": values["HSTS_SUBDOMAINS"],
        "SESSION_COOKIE_NAME": "__Host-session",
        "CSRF_COOKIE_NAME": "__Host-csrf",
    }


def for_one_machine(values: Values) -> Values:
    """What development has beside the rest.

    The names of the cookies keep apart what one browser holds for the sites on localhost and for a
    production install.
    """
    return {
        "DEBUG": values["DEBUG"],
        "SESSION_COOKIE_NAME": "clinicsite-session",
        "CSRF_COOKIE_NAME": "clinicsite-csrf",
    }


def with_sign_in(middleware: list[str]) -> list[str]:
    """A project's `MIDDLEWARE` with what signing in needs: after the gate, which knows who is asking."""
    after = middleware.index(plugin.ZONE) + 1
    added = ["allauth.account.middleware.AccountMiddleware", "clinicsite.sign_in.middleware.SignInMiddleware"]
    return [*middleware[:after], *added, *middleware[after:]]
