"""What a clinic says of itself, in words: each setting as its screen calls it, with its value."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils import timezone
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel, Panel

from clinicsite.clinics.models.settings import ClinicSettings
from clinicsite.core.typed_times import moment_in_words


def label(field: models.Field) -> str:
    """A setting's name, beginning with a capital."""
    name = str(field.verbose_name)
    return name[:1].upper() + name[1:]


def fields_of(panel: Panel, within: str = "") -> Iterator[tuple[models.Field, str]]:
    """(setting, what it is called by itself) of each below a panel: “Call to book: heading”."""
    if isinstance(panel, FieldPanel):
        try:
            field = ClinicSettings._meta.get_field(panel.field_name)
        except FieldDoesNotExist:
            return
        yield field, f"{within}: {field.verbose_name}" if within else label(field)
    # A row of fields has no heading of its own to show.
    is_headed = type(panel) is MultiFieldPanel
    for child in getattr(panel, "children", ()):
        yield from fields_of(child, str(panel.heading) if is_headed else within)


def in_words(field: models.Field, value: Any) -> str:
    """A setting's value as people read it."""
    if value is True or value is False:
        return "yes" if value else "no"
    if value is None or value == "":
        return "nothing"
    if isinstance(field, models.DateTimeField):
        return moment_in_words(timezone.localtime(value))
    words = dict(field.flatchoices).get(value, value) if field.choices else value
    return f"“{words}”"


def parts_of(settings: ClinicSettings) -> list[tuple[str, list[tuple[str, str]]]]:
    """(heading, its settings as (name, value)) of each part of the settings' screen."""
    tabs = ((str(tab.heading), list(_lines(tab, settings))) for tab in ClinicSettings.edit_handler.children)
    return [*((heading, lines) for heading, lines in tabs if lines), ("State", [_state(settings)])]


def _lines(tab, settings):
    for field, words in fields_of(tab):
        yield words, in_words(field, getattr(settings, field.name))
    for panel in tab.children:
        if isinstance(panel, InlinePanel):
            rows = getattr(settings, panel.relation_name).all()
            yield str(panel.heading), "; ".join(str(row) for row in rows) or "nothing"


def _state(settings):
    return "Site state", in_words(settings._meta.get_field("state"), settings.state)
