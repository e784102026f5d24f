"""A page that is ticked on another knows of it as soon as the other is saved."""

from django.apps import apps
from django.db.models.signals import m2m_changed
from wagtail.signal_handlers import update_reference_index_on_save

from clinicsite.core.fields import TickedPagesField


def connect_signals() -> None:
    """Write the index of references again when a list of ticks is: that is after its page was saved."""
    for model in apps.get_models():
        for field in model._meta.local_many_to_many:
            if isinstance(field, TickedPagesField):
                through = field.remote_field.through
                m2m_changed.connect(_ticks_changed, sender=through, dispatch_uid=f"ticks_{through.__name__}")


def _ticks_changed(sender, instance, action, reverse, **kwargs):
    if not reverse and action.startswith("post_"):
        update_reference_index_on_save(instance)
