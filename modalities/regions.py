"""Where in the body a condition is felt, and how a page stores it."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

#: Between the regions of a page as they are stored.
SEPARATOR = ","
#: What "back" meant before the upper and the lower back were told apart.
FORMER = {"back": "upper-back,lower-back"}


class BodyRegion(models.TextChoices):
    """A part of the body as patients point to it, from top to bottom."""

    HEAD = "head", "Head and jaw"
    NECK = "neck", "Neck"
    SHOULDER = "shoulder", "Shoulder"
    UPPER_BACK = "upper-back", "Upper back"
    LOWER_BACK = "lower-back", "Lower back"
    ELBOW = "elbow", "Elbow"
    WRIST_HAND = "wrist-hand", "Wrist and hand"
    HIP = "hip", "Hip and buttock"
    THIGH = "thigh", "Thigh"
    KNEE = "knee", "Knee"
    LOWER_LEG = "lower-leg", "Calf and shin"
    FOOT_ANKLE = "foot-ankle", "Foot and ankle"
    WHOLE_BODY = "whole-body", "Anywhere"


def regions_in(stored: str | None) -> list[BodyRegion]:
    """The regions of a stored value, from top to bottom; words that name no region are passed over."""
    named = set((stored or "").split(SEPARATOR))
    return [region for region in BodyRegion if region.value in named]


def stored_regions(regions) -> str:
    """Regions, or their names, as they are stored; "" for none."""
    return SEPARATOR.join(region.value for region in regions_in(SEPARATOR.join(regions)))


def region_words(stored: str | None) -> str:
    """The regions of a stored value in words: "Lower back, hip and buttock"."""
    return ", ".join(region.label for region in regions_in(stored)).capitalize()


class RegionsFormField(forms.MultipleChoiceField):
    """Regions to tick; none ticked is null, which on a page that follows the library is the library's."""

    widget = forms.CheckboxSelectMultiple

    def prepare_value(self, value):
        return regions_in(value) if isinstance(value, str) else value

    def clean(self, value):
        return stored_regions(super().clean(value)) or None

    def has_changed(self, initial, data):
        return not self.disabled and (initial or None) != (stored_regions(data or []) or None)


class RegionsField(models.CharField):
    """One or more body regions, with commas between.

    Null is the library's value and "" the choice of none, as in every field that reads the library through.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"max_length": 200, "null": True, "blank": True, **kwargs})

    def validate(self, value, model_instance):
        super().validate(value, model_instance)
        if value and stored_regions(value.split(SEPARATOR)) != value:
            raise ValidationError("Choose body regions from the list.")

    def formfield(self, **kwargs):
        kwargs = {name: kwargs[name] for name in ("label", "help_text", "disabled") if name in kwargs}
        defaults = {"label": self.verbose_name.capitalize(), "help_text": self.help_text, "required": False}
        return RegionsFormField(choices=BodyRegion.choices, **(defaults | kwargs))

    def in_words(self, stored):
        """A stored value as an editor reads it."""
        return region_words(stored)
