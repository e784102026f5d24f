"""What is asked of whoever asks somebody in, and of whoever comes."""

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import SetPasswordForm

from clinicsite.provisioning.colleagues.people import colleagues_of
from clinicsite.provisioning.colleagues.rights import Role, may_give

#: What a role lets somebody do, beside its name.
EXPLAINED = {
    Role.OWNER: "Owner: writes and publishes pages, reads messages, changes settings and who works here",
    Role.EDITOR: "Editor: writes and publishes pages, reads messages",
    Role.AUTHOR: "Author: writes pages, which an owner or editor lets go live",
    Role.AUDITOR: "Auditor: reads everything and changes nothing",
}


def roles_given_by(user, site) -> list[tuple[str, str]]:
    """The roles that somebody may give at a clinic, with what each is for."""
    return [(role.value, EXPLAINED[role]) for role in Role if may_give(user, site, role)]


class RoleForm(forms.Form):
    """One of the roles that whoever fills it in may give."""

    role = forms.ChoiceField(label="Role", widget=forms.RadioSelect)

    def __init__(self, *args, site, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.site = site
        self.fields["role"].choices = roles_given_by(user, site)


class InviteForm(RoleForm):
    """Whom to ask, and as what."""

    email = forms.EmailField(label="E-mail address")
    field_order = ("email", "role")

    def clean_email(self):
        """The address, if it is nobody's who works here already; of anybody else nothing is said."""
        email = self.cleaned_data["email"]
        field = get_user_model().get_email_field_name()
        if any(getattr(one.person, field).casefold() == email.casefold() for one in colleagues_of(self.site)):
            raise forms.ValidationError("Somebody with this address works here already. Change their role.")
        return email


class NewPersonForm(SetPasswordForm):
    """The name and the password of somebody who has no account yet."""

    first_name = forms.CharField(label="First name", max_length=150)
    last_name = forms.CharField(label="Last name", max_length=150)
    field_order = ("first_name", "last_name", "new_password1", "new_password2")
