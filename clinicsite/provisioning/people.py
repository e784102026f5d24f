"""The people of a clinic: logins that are found by their e-mail address, or made."""

from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import make_password
from django.contrib.auth.models import Group
from django.utils.crypto import get_random_string

from clinicsite.core.naming import first_free


def people_with(email: str) -> list:
    """Everybody who has an e-mail address, however its letters are written."""
    model = get_user_model()
    return list(model.objects.filter(**{f"{model.get_email_field_name()}__iexact": email.strip()}))


def ensure_login(email: str, group: Group, *, first_name: str = "", last_name: str = ""):
    """(somebody with this address, whether they were made now, whether they had the group already).

    They get the group, and lose none.

    A new login has a password that nobody knows, so that its owner can ask for a new one at any time.
    """
    found = people_with(email)
    person = found[0] if found else _create(email, first_name, last_name)
    had_group = person.groups.filter(pk=group.pk).exists()
    person.groups.add(group)
    return person, not found, had_group


def new_person(email: str, first_name: str = "", last_name: str = ""):
    """Somebody with this address who is not stored yet, with a password that nobody knows."""
    model = get_user_model()
    names = {"first_name": first_name, "last_name": last_name}
    own = {field.name for field in model._meta.get_fields()}
    values = {name: value for name, value in names.items() if name in own}
    values[model.get_email_field_name()] = email.strip()
    if model.USERNAME_FIELD not in values:
        values[model.USERNAME_FIELD] = _free_username(model, email.strip().lower())
    return model(password=make_password(get_random_string(64)), **values)


def _create(email, first_name, last_name):
    person = new_person(email, first_name, last_name)
    person.full_clean()
    person.save()
    return person


def _free_username(model, wanted):
    name = model.USERNAME_FIELD
    longest = model._meta.get_field(name).max_length
    wanted = wanted[: longest - 5] if longest else wanted
    taken = model.objects.filter(**{f"{name}__startswith": wanted}).values_list(name, flat=True)
    return first_free(wanted, set(taken), "{}-{}")
