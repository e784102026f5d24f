"""Who signs in, and who forgot a password."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm
from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from wagtail.admin.forms.auth import LoginForm, PasswordResetForm

from clinicsite.core.background import queue
from clinicsite.sign_in import throttling
from clinicsite.sign_in.tasks import mail_new_password

TOO_OFTEN = "That was tried too often. Wait ten minutes, or ask for a new password."


class SignInForm(LoginForm):
    """A user name or the account's e-mail address, and the password."""

    #: What was sent before the sign-in had ended, signed.
    kept = forms.CharField(required=False, widget=forms.HiddenInput)

    error_messages = LoginForm.error_messages | {
        "invalid_login": "There is no account with this user name and password. Please try again.",
        "too_often": TOO_OFTEN,
    }

    def __init__(self, request=None, *args, **kwargs):
        super().__init__(request, *args, **kwargs)
        name = self.fields["username"]
        name.label = "User name or e-mail address"
        name.widget.attrs |= {"placeholder": "", "autocomplete": "username"}
        self.fields["password"].widget.attrs |= {"placeholder": "", "autocomplete": "current-password"}

    def clean(self):
        typed = self.cleaned_data.get("username", "")
        account = _account_of(typed)
        if account is not None:
            self.cleaned_data["username"] = account.get_username()
        if typed and not throttling.may_try(self.request, account_key(account, typed), typed):
            raise ValidationError(self.error_messages["too_often"], code="too_often")
        return super().clean()


class ForgottenPasswordForm(PasswordResetForm):
    """An e-mail address. What happens takes the same time whether or not there is such an account."""

    def __init__(self, *args, request=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def save(self, **options):
        """Have a mail sent by and by, unless too many were asked for."""
        address = self.cleaned_data["email"]
        if throttling.may_ask_for_a_password(self.request, address):
            queue(mail_new_password, address)


def account_key(account, typed: str) -> str:
    """What tries are counted by: the account itself, by whichever of its names it was called."""
    return f"typed {typed.casefold()}" if account is None else f"account {account.pk}"


def _account_of(typed):
    """The account of a user name, or of an e-mail address that is only one account's."""
    model = get_user_model()
    named = model.objects.filter(**{model.USERNAME_FIELD: typed}).first()
    if named is None and "@" in typed:
        found = list(model.objects.filter(email__iexact=typed)[:2])
        named = found[0] if len(found) == 1 else None
    return named


class AddPasskeyForm(AddWebAuthnForm):
    """A new passkey, which needs no password if its device asks for a fingerprint, face or code."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["name"].help_text = "So that you know it again, such as “Phone” or “Clinic computer”."
        alone = self.fields["passwordless"]
        alone.label = "Sign in with it alone, without the password"
        alone.help_text = "Leave it off for a key on a key ring that asks for no code."
        alone.initial = True
