"""What a session has to keep to, in the admin: a second factor where one is needed, and an end."""

import time

from allauth.account.authentication import get_authentication_records
from allauth.usersessions.models import UserSession
from django.contrib.auth import logout
from django.shortcuts import redirect

from clinicsite.clinics.tenancy.in_admin import is_in_admin
from clinicsite.sign_in import kept, second_factor
from clinicsite.sign_in.adapters import BEGAN
from clinicsite.sign_in.second_factor import DECIDED_OF, LACKS
from clinicsite.sign_in.views import KEPT, redirect_to_sign_in, sign_in_again

#: Where a session holds its own key: another one is given to it with a new password.
KEY = "clinicsite_session_key"
#: A session ends after this many seconds even where an open tab keeps it in use.
LONGEST = 7 * 24 * 60 * 60

#: Addresses for whoever has not signed in, or not wholly.
OPEN = {
    "account_login",
    "account_logout",
    "account_reauthenticate",
    # Whoever reads the mail of a clinic says so, with a login or not.
    "clinicsite_mail_test",
    "clinicsite_sign_in:forgotten",
    "clinicsite_invitation:answer",
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
        if _has_ended(request) or _came_in_another_way(request):
            form = kept.KeptForm.of(request).signed if kept.can_be_kept(request) else ""
            logout(request)
            return redirect_to_sign_in(request, form)
        _note_key(request)
        if _lacks_second_factor(request):
            if kept.can_be_kept(request):
                request.session[KEPT] = kept.KeptForm.of(request).signed
            return redirect("mfa_index")
        return None


def has_wholly_signed_in(request) -> bool:
    """Whether somebody's session would take them further in the admin: for what is read outside of it."""
    return not (_has_ended(request) or _came_in_another_way(request) or _lacks_second_factor(request))


def _is_open(request):
    name = request.resolver_match.view_name
    return name in OPEN or name.startswith("mfa_")


def _has_ended(request):
    began = request.session.setdefault(BEGAN, int(time.time()))
    return time.time() - began > LONGEST


def _came_in_another_way(request):
    """Whether somebody who has a second factor came in without it, by another door than ours."""
    if LACKS in request.session or not second_factor.has(request.user):
        return False
    methods = get_authentication_records(request, request.user)
    return not any(one.get("method") == "mfa" for one in methods)


def _note_key(request):
    """Keep the list of sessions true: a session that was given a new key is the same one still."""
    session = request.session
    if session.get(KEY) != session.session_key and session.session_key:
        UserSession.objects.create_from_request(request)
        session[KEY] = session.session_key


def _lacks_second_factor(request):
    """Asked once a session, and again while the answer is yes or somebody was made a superuser since."""
    session = request.session
    if session.get(LACKS, True) or session.get(DECIDED_OF) != request.user.is_superuser:
        return second_factor.decide(request)
    return False
