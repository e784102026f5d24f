from wagtail import hooks

from clinicsite.clinics.documents import register_sign_in
from clinicsite.clinics.tenancy.surface import HOOK
from clinicsite.sign_in.account import SignInPanel
from clinicsite.sign_in.admin_surface import JUDGEMENTS

# By name: hooks are found before all apps are ready, and the middleware needs them to be.
register_sign_in("clinicsite.sign_in.middleware.has_wholly_signed_in")


@hooks.register(HOOK)
def judged_here():
    """What clinics may use of this app."""
    return JUDGEMENTS


@hooks.register("register_account_settings_panel")
def sign_in_panel(request, user, profile):
    """The way to one's second steps and sessions, on the screen of one's own account."""
    return SignInPanel(request, user, profile)
