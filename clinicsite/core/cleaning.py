"""What is saved is printable: every text of every model of ours, on the page and in its drafts.

A project's page type that derives from ours is one of them.
"""

from django.db.models.signals import pre_save
from wagtail.blocks import StreamValue
from wagtail.models import BaseLogEntry, Revision

from clinicsite.core.checks import is_ours
from clinicsite.core.models.pages import BasePage
from clinicsite.core.printable import all_printable, is_printable


def connect_signals() -> None:
    """Clean whatever is saved, whichever way it came: typed, pasted, imported or made by code."""
    pre_save.connect(_saving, dispatch_uid="printable")


def clean_texts(instance) -> None:
    """Make the texts of an object printable, those of its blocks among them."""
    given = instance.__dict__
    for field in instance._meta.concrete_fields:
        # What has not been loaded is not going to be saved.
        if field.attname in given:
            _clean(instance, field, given[field.attname])


def _saving(sender, instance, raw=False, **kwargs):
    if not raw and (_is_cleaned(sender) or _is_about_ours(instance)):
        clean_texts(instance)


def _is_about_ours(instance):
    """Whether this is a draft, or a line of the history, of something of ours: both repeat its words."""
    if not isinstance(instance, Revision | BaseLogEntry) or instance.content_type is None:
        return False
    model = instance.content_type.model_class()
    return model is not None and _is_cleaned(model)


def _is_cleaned(model):
    return is_ours(model) or issubclass(model, BasePage)


def _clean(instance, field, value):
    stored = value.get_prep_value() if isinstance(value, StreamValue) else value
    if isinstance(stored, str | list | tuple | dict) and not is_printable(stored):
        cleaned = all_printable(stored)
        is_stream = isinstance(value, StreamValue)
        setattr(instance, field.attname, field.stream_block.to_python(cleaned) if is_stream else cleaned)
