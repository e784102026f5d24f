"""What a session has to keep to, in the admin: a second factor where one is needed, and an end."""

import time

from django.contrib.auth import logout
from django.shortcuts import redirect
from django.urls import reverse

from clinicsite.clinics.tenancy.gate import is_in_admin
from clinicsite.sign_in import kept, second_factor
from clinicsite.sign_in.adapters import BEGAN
from clinicsite.sign_in.views import sign_in_again

#: Where a session holds whether it lacks a second factor that it needs.
LACKS = "clinicsite_lacks_second_factor"
#: A session ends after this many seconds even where an open tab keeps it in use.
LONGEST = 7 * 24 * 60 * 60

#: Addresses for whoever has not signed in, or not wholly.
OPEN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    "clinicsite_sign_in:forgotten",
    "clinicsite_sign_in:kept",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_sprite",
}


class SignInMiddleware:
    """Stands after the gate, which knows who is asking."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view_func, view_args, view_kwargs):
        """None to go on, or the screen that comes first."""
        if not is_in_admin(request) or _is_open(request):
            return None
        if request.user.is_anonymous:
            return sign_in_again(request) if kept.can_be_kept(request) else None
        if _has_ended(request):
            logout(request)
            return redirect(f"{reverse('account_login')}?next={request.path}")
        if _lacks_second_factor(request):
            return redirect("mfa_index")
        return None


def _is_open(request):
    name = request.resolver_match.view_name
    return name in OPEN or name.startswith("mfa_")


def _has_ended(request):
    began = request.session.setdefault(BEGAN, int(time.time()))
    return time.time() - began > LONGEST


def _lacks_second_factor(request):
    """Asked once a session, and again while the answer is yes: rights that change end the session."""
    if request.session.get(LACKS, True):
        user = request.user
        request.session[LACKS] = second_factor.is_needed_by(user) and not second_factor.has(user)
    return request.session[LACKS]
