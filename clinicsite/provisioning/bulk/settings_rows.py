"""Changing what clinics say of themselves, and putting it back where nobody has changed it since."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from wagtail.models import Site

from clinicsite.clinics.launching.states import may_change_settings
from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.settings_in_words import label
from clinicsite.core.publishing import invalid_values
from clinicsite.provisioning.bulk.plans import BulkError

NOT_ALLOWED = "You may not change this clinic’s settings."


def refuse_unless_allowed(user, site: Site) -> None:
    """Raise `BulkError` for somebody who may not change the clinic's settings."""
    if not may_change_settings(user, site):
        raise BulkError(NOT_ALLOWED)


def stored(value: Any) -> Any:
    """A setting's value as JSON has it."""
    if value is None or isinstance(value, str | int | bool):
        return value
    return DjangoJSONEncoder().default(value)


def change(site: Site, user, how: Callable[[ClinicSettings], Any]) -> dict[str, list[Any]]:
    """Change a clinic's settings by a function that gives the names of what it has changed.

    Returns:
        {field: [its value before, its value now]}, which `put_back` needs.
    """
    refuse_unless_allowed(user, site)
    settings = ClinicSettings.objects.select_for_update(of=["self"]).get(site=site)
    before = {field.attname: getattr(settings, field.attname) for field in settings._meta.concrete_fields}
    changed = list(how(settings))
    refuse_invalid(settings, changed)
    settings.save()
    return {name: [stored(before[name]), stored(getattr(settings, name))] for name in changed}


def put_back(site: Site, user, values: dict[str, list[Any]]) -> None:
    """Give settings the values they had, unless one of them was changed since.

    Raises:
        BulkError: naming the first that was.
    """

    def give_back(settings):
        for name, (before, now) in values.items():
            field = settings._meta.get_field(name)
            if stored(getattr(settings, name)) != now:
                raise BulkError(f"“{label(field)}” in its settings was changed since")
            setattr(settings, name, field.to_python(before))
        return values

    change(site, user, give_back)


def refuse_invalid(settings: ClinicSettings, names: list[str]) -> None:
    """Raise `BulkError` with what speaks against the values of these settings, and against them together."""
    others = [field.name for field in settings._meta.fields if field.name not in names]
    faults = invalid_values(settings, exclude=others, validate_unique=False)
    if faults:
        raise BulkError(" ".join(faults))


def read(field, text: Any) -> Any:
    """A value that was stored as JSON, as the setting has it.

    Raises:
        BulkError: It is no value of this setting.
    """
    try:
        return field.to_python(text)
    except ValidationError as error:
        raise BulkError(f"{label(field)}: {' '.join(error.messages)}") from error
