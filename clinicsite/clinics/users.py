"""The admin's views of people: who is no superuser makes none, and changes none.

Roles at clinics are given on each clinic's own screen, “People who sign in”. Here they are said, and stay: a
list of the groups of a thousand clinics helps nobody.
"""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.users import forms
from wagtail.users.views import users

from clinicsite.core.stale_saves import RefusesStaleSaves

HOW_TO_GIVE = "Roles at a clinic are given under Settings > People who sign in, and are not changed here."
#: How many roles at clinics are said of one person.
SAID = 10


class _OnlySuperusersMakeSuperusers:
    """Leave the box for superusers out of a form, unless a superuser fills it in."""

    def __init__(self, *args, filled_in_by, **kwargs):
        super().__init__(*args, **kwargs)
        if not filled_in_by.is_superuser:
            self.fields.pop("is_superuser", None)


class _RolesAtClinicsStay:
    """Offer no clinic's groups, say which somebody has, and leave them as they are."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self._kept = _at_clinics(self.instance)
        groups = self.fields["groups"]
        groups.queryset = _no_clinics(groups.queryset)
        groups.help_text = HOW_TO_GIVE
        if self._kept:
            groups.help_text += f" This person: {_in_words(self._kept)}."

    def clean_groups(self):
        """What is ticked, and the roles at clinics."""
        return [*self.cleaned_data["groups"], *self._kept]


class UserCreationForm(_RolesAtClinicsStay, _OnlySuperusersMakeSuperusers, forms.UserCreationForm):
    """A new person."""


class UserEditForm(RefusesStaleSaves, _RolesAtClinicsStay, _OnlySuperusersMakeSuperusers, forms.UserEditForm):
    """A person's details, roles and password."""

    not_compared = ("password",)

    def __init__(self, *args, filled_in_by, **kwargs):
        super().__init__(*args, filled_in_by=filled_in_by, **kwargs)
        self.for_user = filled_in_by


def _no_clinics(groups):
    return groups.filter(clinicsite_role__isnull=True)


def _at_clinics(person):
    if person.pk is None:
        return []
    found = person.groups.filter(clinicsite_role__isnull=False)
    return list(found.select_related("clinicsite_role__site").order_by("clinicsite_role__site__site_name"))


def _in_words(groups):
    roles = [group.clinicsite_role for group in groups]
    said = [f"{role.get_role_display().lower()} at {role.site.site_name}" for role in roles[:SAID]]
    rest = len(roles) - len(said)
    return "; ".join([*said, f"and at {rest} more"] if rest else said)


class _TellsTheFormWho:
    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"filled_in_by": self.request.user}


class CreateView(_TellsTheFormWho, users.CreateView):
    """Add a person."""


class EditView(_TellsTheFormWho, users.EditView):
    """Edit a person; a superuser only for a superuser, or a new password would be a way in."""

    def dispatch(self, request, *args, **kwargs):
        if self.object.is_superuser and not request.user.is_superuser:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class UserFilterSet(users.UserFilterSet):
    """Wagtail's filters of people, without the groups of clinics."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.filters["group"].queryset = _no_clinics(Group.objects.all())


class UserViewSet(users.UserViewSet):
    """Wagtail's views of people, with the rule about superusers."""

    filterset_class = UserFilterSet
    # A second person with the first one's name and address is of no use.
    copy_view_enabled = False
    add_view_class = CreateView
    edit_view_class = EditView
    edit_template_name = "clinicsite/clinics/admin/edit_user.html"

    def get_form_class(self, for_update=False):
        return UserEditForm if for_update else UserCreationForm


def refuse_superusers(request, action_type, objects, action):
    """Stop a bulk action on superusers (new role, switching off) by anybody who is none."""
    if action.model is not get_user_model() or request.user.is_superuser:
        return None
    if not any(user.is_superuser for user in objects):
        return None
    messages.error(request, "Only a superuser can change a superuser. Leave superusers out of the choice.")
    return redirect("wagtailusers_users:index")
