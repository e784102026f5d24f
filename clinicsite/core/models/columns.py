"""What our abstract pages leave in the migrations of a project whose page types derive from them.

Such a migration names nothing of ours and holds no words of ours: it can be run when the product has gone,
and an upgrade asks for a new one only where a column has changed.
"""

from functools import partial

from django.db import models
from django.db.models.signals import class_prepared
from wagtail.models import Page

from clinicsite.core.fields import ContentField, PictureField

#: How the labels of the product's own apps begin; what else a project has is its own business.
PREFIX = "clinicsite_"
#: What a field is like in forms, of which no column knows.
IN_FORMS = ("blank", "choices", "editable", "error_messages", "help_text", "validators", "verbose_name")


class PageLink(models.OneToOneField):
    """The way from a page type to Wagtail's `Page`, whose way back no other type can have.

    Two apps of a project may each have a type of the same name, and so may a project and we.
    """

    def contribute_to_class(self, cls, name, **kwargs):
        if not cls._meta.abstract and not cls._meta.app_label.startswith(PREFIX):
            self.remote_field.related_name = "clinicsite_%(app_label)s_%(class)s"
        super().contribute_to_class(cls, name, **kwargs)

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.OneToOneField", args, kwargs


def keep_migrations_plain(base: type[Page]) -> None:
    """Have the fields that a project's page types get from `base`, or from a class below it, kept plain.

    To be called before any such type is made.
    """

    def prepared(sender, **kwargs):
        if issubclass(sender, base) and not sender._meta.app_label.startswith(PREFIX):
            _keep_plain(sender)

    class_prepared.connect(prepared, weak=False, dispatch_uid="clinicsite_plain_migrations")


def _keep_plain(model):
    ours = _fields_of_ours(model)
    for field in model._meta.local_fields:
        if (field.name, field.creation_counter) in ours:
            # A migration is written from copies, which Django asks each field for.
            field.clone = partial(_plain_copy, field)


def _fields_of_ours(model):
    """(name, number) of the fields that abstract classes of ours declare; one declared anew has another."""
    ours = (one for one in model.__mro__ if one.__module__.startswith("clinicsite."))
    bases = [one for one in ours if hasattr(one, "_meta")]
    return {(field.name, field.creation_counter) for base in bases for field in base._meta.local_fields}


def _plain_copy(field):
    kind, of = type(field), type(field)
    if isinstance(field, ContentField):
        kind = models.JSONField
    elif isinstance(field, PictureField):
        kind = of = models.ForeignKey
    _name, _path, args, kwargs = of.deconstruct(field)
    kwargs = {name: value for name, value in kwargs.items() if name not in IN_FORMS}
    if isinstance(field, PageLink):
        kind, kwargs["related_name"] = models.OneToOneField, field.remote_field.related_name
    return kind(*args, **kwargs)
