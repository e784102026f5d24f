"""One's own account in the admin: a new e-mail address needs the password and a press from its own mailbox.

Whoever reads the mail of an address gets a new password by it, and roles are given by address: so nobody has
one that they have not shown to be theirs, and a browser that was left open is not enough to change it. The
old address is told. People of the project around keep Wagtail's own screen.
"""

from collections.abc import Callable
from functools import partial

from django import forms
from django.contrib import messages
from django.core import signing
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.forms.account import NameEmailForm
from wagtail.admin.views.account import AccountView, NameEmailSettingsPanel

from clinicsite.clinics.tasks import mail_address_changed, mail_confirm_address
from clinicsite.clinics.tenancy.scope import scope_at_work
from clinicsite.core.background import queue
from clinicsite.core.conf import conf

SALT = "clinicsite.account.address"
#: For how long, in seconds, the link in the mail is good.
LASTS = 3 * 24 * 60 * 60
ASKED = "Write your password to change your e-mail address."
WRONG = "That is not your password, so your e-mail address stays as it was."


class GuardedNameEmailForm(NameEmailForm):
    """Name and e-mail address; a new address needs the password, for whoever has one."""

    current_password = forms.CharField(
        required=False,
        strip=False,
        label="Your password",
        help_text="Only to change your e-mail address. We then send a link to the new one, and it counts "
        "once you have opened that.",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    #: Tells the person who has sent the form something.
    say: Callable[[str], object]

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
        wanted = self.cleaned_data["email"] if self.is_new_address else ""
        if wanted:
            self.instance.email = self.address_before
        user = super().save(commit)
        if wanted:
            queue(mail_confirm_address, user.pk, wanted, link_for(user, wanted))
            self.say(f"We have sent a link to {wanted}. Open it, and that is your address.")
        return user


def link_for(user, address: str) -> str:
    """Where somebody says that an address is theirs; good until theirs is another, for `LASTS` at most."""
    token = signing.dumps([user.pk, user.email, address], salt=SALT)
    return f"{conf.admin_root_url}{reverse('clinicsite_account:confirm', args=[token])}"


@require_admin_access
def confirm(request, token):
    """Ask for a press, as programs that look at mails open links too, and take the address."""
    try:
        key, before, address = signing.loads(token, salt=SALT, max_age=LASTS)
    except signing.BadSignature:
        raise Http404 from None
    user = request.user
    if (key, before) != (user.pk, user.email):
        raise Http404
    if request.method == "POST":
        user.email = address
        user.save(update_fields=["email"])
        if before:
            queue(mail_address_changed, user.pk, before)
        messages.success(request, f"Your e-mail address is {address} now.")
        return redirect("clinicsite_account:account")
    return TemplateResponse(request, "clinicsite/clinics/admin/confirm_address.html", {"address": address})


class GuardedNameEmailPanel(NameEmailSettingsPanel):
    """Name and e-mail address, with the password asked."""

    form_class = GuardedNameEmailForm

    def get_form(self):
        """The form, which says on the next screen where the link has gone."""
        form = super().get_form()
        form.say = partial(messages.info, self.request)
        return form


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
urlpatterns = [
    path("", never_cache(require_admin_access(GuardedAccountView.as_view())), name="account"),
    path("address/<str:token>/", never_cache(confirm), name="confirm"),
]
