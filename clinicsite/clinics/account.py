"""One's own account in the admin: a new e-mail address needs the password, and the old address is told.

Whoever reads the mail of an address gets a new password by it. So a browser that somebody has left open is
not enough to change it. People of the project around keep Wagtail's own screen.
"""

from django import forms
from django.urls import path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel

from clinicsite.clinics.tasks import mail_address_changed
from clinicsite.clinics.tenancy.scope import scope_at_work
from clinicsite.core.background import queue

ASKED = "Write your password to change your e-mail address."
WRONG = "That is not your password, so your e-mail address stays as it was."


class GuardedNameEmailForm(NameEmailForm):
    """Name and e-mail address; a new address needs the password, for whoever has one."""

    current_password = forms.CharField(
        required=False,
        strip=False,
        label="Your password",
        help_text="Only to change your e-mail address.",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    class Media:
        css = {"all": ["clinicsite/css/admin/account.css"]}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.address_before = self.instance.email
        # Somebody who signs in elsewhere has no password here.
        if "email" not in self.fields or not self.instance.has_usable_password():
            del self.fields["current_password"]

    @property
    def is_new_address(self):
        return (
            "email" in self.fields
            and self.cleaned_data.get("email", self.address_before) != self.address_before
        )

    def clean(self):
        cleaned = super().clean()
        if "current_password" in self.fields and self.is_new_address:
            password = cleaned.get("current_password")
            if not (password and self.instance.check_password(password)):
                self.add_error("current_password", WRONG if password else ASKED)
                # The screen makes the form anew of the same person: this must not look like their address.
                del cleaned["email"]
        return cleaned

    def save(self, commit=True):
        user = super().save(commit)
        if self.is_new_address and self.address_before:
            queue(mail_address_changed, user.pk, self.address_before)
        return user


class GuardedNameEmailPanel(NameEmailSettingsPanel):
    """Name and e-mail address, with the password asked."""

    form_class = GuardedNameEmailForm


class GuardedAccountView(AccountView):
    """Wagtail's screen of one's own account, with our rule about the e-mail address."""

    def get_panels(self):
        panels = super().get_panels()
        if scope_at_work(self.request.user).is_projects:
            return panels
        return [self._guarded(panel) for panel in panels]

    def _guarded(self, panel):
        if type(panel) is not NameEmailSettingsPanel:
            return panel
        return GuardedNameEmailPanel(panel.request, panel.user, panel.profile)


app_name = "clinicsite_account"
#: To stand before Wagtail's own, under the same address.
urlpatterns = [path("", never_cache(require_admin_access(GuardedAccountView.as_view())), name="account")]
