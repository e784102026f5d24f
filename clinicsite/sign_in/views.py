"""The screens for signing in, and for a password that was forgotten."""

from http import HTTPStatus
from urllib.parse import urlencode

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.csrf import csrf_failure as django_csrf_failure
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.account import LoginView, PasswordResetView

from clinicsite.clinics.tenancy.in_admin import is_in_admin
from clinicsite.core.addresses import parts_or_none
from clinicsite.core.conf import conf
from clinicsite.sign_in import kept
from clinicsite.sign_in.forms import ForgottenPasswordForm, SignInForm

TEMPLATE = "clinicsite/sign_in/sign_in.html"
#: Where a session holds what was typed before it began.
KEPT = "clinicsite_kept"


class SignInView(LoginView):
    """The password; a second step comes after it for whoever has one."""

    template_name = TEMPLATE

    def get_form_class(self):
        return SignInForm

    def form_valid(self, form):
        user, session = form.get_user(), self.request.session
        session.set_expiry(None if form.cleaned_data["remember"] else 0)
        session.pop(KEPT, None)
        if kept.read(form.cleaned_data["kept"]):
            session[KEPT] = form.cleaned_data["kept"]
        # A password given a moment ago is not asked again before a second step is added.
        record_authentication(self.request, user, method="password", reauthenticated=True)
        return perform_login(self.request, user, "none", self.get_success_url())

    def form_invalid(self, form):
        response = super().form_invalid(form)
        if form.has_error("__all__", "too_often"):
            response.status_code = HTTPStatus.TOO_MANY_REQUESTS
        return response

    def get_success_url(self):
        if KEPT in self.request.session:
            return reverse("clinicsite_sign_in:kept")
        return super().get_success_url()

    def get_context_data(self, **kwargs):
        return super().get_context_data(**kwargs) | {"agency_name": conf.AGENCY_NAME}


class ForgottenPasswordView(PasswordResetView):
    """Ask for a link; the answer is the same for every address."""

    def get_form_class(self):
        return ForgottenPasswordForm

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"request": self.request}


def redirect_to_sign_in(request, form: str):
    """To somebody whose session was ended just now; with the form that they sent, where they sent one."""
    if form:
        return sign_in_again(request)
    return redirect(f"{reverse('account_login')}?{urlencode({'next': request.path})}")


def sign_in_again(request):
    """To somebody whose session has ended over a form: the way in, with what was typed."""
    form = SignInForm(request, initial={"kept": kept.KeptForm.of(request).signed})
    context = {"form": form, "next": request.path, "show_password_reset": True} | {
        "agency_name": conf.AGENCY_NAME
    }
    return render(request, TEMPLATE, context, status=HTTPStatus.FORBIDDEN)


@never_cache
@require_admin_access
def kept_form(request):
    """What was typed before signing in, once: it waits for one press."""
    found = kept.read(request.session.pop(KEPT, ""))
    return _waiting(request, found) if found else redirect("wagtailadmin_home")


def csrf_failure(request, reason=""):
    """A form made before somebody signed in anew, in another tab say, is shown again with a new token.

    Only where the browser names our own page as the form's: nobody else's words are put before a person.
    """
    if not is_in_admin(request):
        return django_csrf_failure(request, reason)
    if not (kept.can_be_kept(request) and _is_from_here(request)):
        return render(request, "clinicsite/sign_in/out_of_date.html", status=HTTPStatus.FORBIDDEN)
    if request.user.is_anonymous:
        return sign_in_again(request)
    return _waiting(request, kept.KeptForm.of(request), HTTPStatus.FORBIDDEN)


def _waiting(request, form, status=HTTPStatus.OK):
    return render(request, "clinicsite/sign_in/kept.html", {"kept": form}, status=status)


def _is_from_here(request):
    parts = parts_or_none(request.headers.get("Origin") or request.headers.get("Referer") or "")
    return parts is not None and parts.netloc == request.get_host()
