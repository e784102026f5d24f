"""The admin's views of people: who is no superuser makes none, and changes none."""

from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.users import forms
from wagtail.users.views import users

from clinicsite.core.stale_saves import RefusesStaleSaves


class _OnlySuperusersMakeSuperusers:
    """Leave the box for superusers out of a form, unless a superuser fills it in."""

    def __init__(self, *args, filled_in_by, **kwargs):
        super().__init__(*args, **kwargs)
        if not filled_in_by.is_superuser:
            self.fields.pop("is_superuser", None)


class UserCreationForm(_OnlySuperusersMakeSuperusers, forms.UserCreationForm):
    """A new person."""


class UserEditForm(RefusesStaleSaves, _OnlySuperusersMakeSuperusers, forms.UserEditForm):
    """A person's details, roles and password."""

    not_compared = ("password",)

    def __init__(self, *args, filled_in_by, **kwargs):
        super().__init__(*args, filled_in_by=filled_in_by, **kwargs)
        self.for_user = filled_in_by


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


class UserViewSet(users.UserViewSet):
    """Wagtail's views of people, with the rule about superusers."""

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
