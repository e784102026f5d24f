"""Set one setting of many clinics."""

from collections.abc import Iterator
from typing import Any

from django.db import models
from wagtail.models import Site

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.settings_in_words import fields_of, in_words, label
from clinicsite.provisioning.bulk import settings_rows
from clinicsite.provisioning.bulk.plans import Plan

#: What is one clinic's alone, and would be wrong at any other. A name is changed under “Rename”.
OF_ONE_CLINIC = frozenset({"name", "legal_name", "email"})


def settable() -> list[tuple[str, list[tuple[models.Field, str]]]]:
    """(heading, settings) of each part of the settings' screen, without those that are one clinic's alone.

    Each setting comes with what it is called where the rest of that screen is not around it.
    """
    tabs = ((tab.heading, list(_fields(tab))) for tab in ClinicSettings.edit_handler.children)
    return [(heading, fields) for heading, fields in tabs if fields]


def settable_field(name: str) -> models.Field | None:
    """The setting of a name, where it may be set in bulk."""
    return next((field for field, _words in _all() if field.name == name), None)


def called(field: models.Field) -> str:
    """What a setting is called by itself: “Call to book: Heading”, and not “Heading”."""
    return next((words for one, words in _all() if one.name == field.name), label(field))


def _all():
    return (pair for _heading, found in settable() for pair in found)


def _fields(tab) -> Iterator[tuple[models.Field, str]]:
    for field, words in fields_of(tab):
        # A picture is of one clinic's collection, and no other may show it.
        if field.editable and not field.is_relation and field.name not in OF_ONE_CLINIC:
            yield field, words


class SettingJob:
    """One setting and its new value."""

    def __init__(self, asked: dict[str, Any]):
        self.field = ClinicSettings._meta.get_field(asked["field"])
        self.value = settings_rows.read(self.field, asked["value"])

    def title(self) -> str:
        value = in_words(self.field, self.value)
        return f"Set “{called(self.field)}” to {value}"

    def look(self, site: Site, user) -> Plan:
        settings_rows.refuse_unless_allowed(user, site)
        settings = ClinicSettings.objects.get(site=site)
        before = getattr(settings, self.field.name)
        if before == self.value:
            return Plan()
        self._set(settings)
        settings_rows.refuse_invalid(settings, [self.field.name])
        change = {
            "field": self.field.name,
            "title": called(self.field),
            "before": settings_rows.stored(before),
            "was": in_words(self.field, before),
            "now": in_words(self.field, self.value),
        }
        return Plan([change])

    def do(self, site: Site, user, plan: Plan, message: str) -> list[dict[str, Any]]:
        return [{"settings": settings_rows.change(site, user, self._set)} for _change in plan.changes]

    def undo(self, site: Site, user, plan: Plan, done: list, message: str) -> None:
        for one in done:
            settings_rows.put_back(site, user, one["settings"])

    def _set(self, settings):
        setattr(settings, self.field.name, self.value)
        return [self.field.name]
