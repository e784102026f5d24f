"""Model fields of the project."""

from django.core.validators import URLValidator
from django.db import models
from django.db.models.fields.related_descriptors import ForwardManyToOneDescriptor
from modelcluster.fields import ParentalManyToManyField
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.fields import StreamField
from wagtail.images import get_image_model_string

from clinicsite.core import wagtail_private
from clinicsite.core.own_things import shown_here


class ContentField(StreamField):
    """A StreamField that keeps its block definitions out of migrations.

    Blocks live in Python and change often; the column is JSON and does not. Without this, every new
    help text would be a migration. A data migration that needs blocks imports them itself.
    """

    def __init__(self, block_types=(), **kwargs):
        super().__init__(block_types, **kwargs)

    def deconstruct(self):
        name, path, _, kwargs = super().deconstruct()
        kwargs.pop("block_lookup", None)
        return name, path, [], kwargs


class OwnThingDescriptor(ForwardManyToOneDescriptor):
    """What a page names, read as none on the site of a clinic that may not show it; the column stays."""

    def __get__(self, instance, cls=None):
        found = super().__get__(instance, cls)
        return found if instance is None else shown_here(found)


class WebAddressField(models.URLField):
    """The address of a page in the web; Django's own field takes ftp too, which no browser opens any more.

    To a migration it is Django's own.
    """

    default_validators = [
        URLValidator(
            schemes=["http", "https"], message="Write the address of a web page: it begins with https://."
        )
    ]

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.URLField", args, kwargs


class ProseField(models.CharField):
    """A sentence or a few, as long as whoever writes them likes: a list cuts what it has no room for.

    Like any text of one line, it is null where it is empty and may be null.
    """

    def formfield(self, **kwargs):
        return super().formfield(**{"widget": AdminAutoHeightTextInput, **kwargs})

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs


class PictureField(models.ForeignKey):
    """A picture that may be missing, of whichever image model the project has chosen.

    A migration does not name the model, so that it is the same in every project. On a clinic's site another
    clinic's picture is none.
    """

    forward_related_accessor_class = OwnThingDescriptor
    ALWAYS = {"null": True, "blank": True, "on_delete": models.SET_NULL, "related_name": "+"}

    def __init__(self, to=None, **kwargs):
        super().__init__(to or get_image_model_string(), **{**kwargs, **self.ALWAYS})

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        left_out = {"to", *self.ALWAYS}
        kept = {key: value for key, value in kwargs.items() if key not in left_out}
        return name, "clinicsite.core.fields.PictureField", args, kept


class TickedPagesField(ParentalManyToManyField):
    """Pages that are ticked on a page, which know of it: “Usage”, and the question before one is deleted.

    Wagtail's index of references passes over such lists: it would say of the author of twenty posts that
    nothing refers to them.
    """

    def extract_references(self, value):
        """(model, key, path in the model, path in the page) of each page that is ticked, as Wagtail asks."""
        for page in value:
            yield self.related_model, str(page.pk), "item", str(page.pk)

    def value_from_object(self, obj):
        """The ticked pages, not taken into memory: a save would compare what is there with what is stored."""
        manager = getattr(obj, self.attname)
        if obj.pk and not wagtail_private.is_in_memory(obj, self.name):
            return list(manager.get_original_manager().all())
        return super().value_from_object(obj)

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, "modelcluster.fields.ParentalManyToManyField", args, kwargs
