"""Groups of clinics: a brand, a region or a plan. A clinic may be in several."""

from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.models import ClusterableModel
from wagtail.models import Site
from wagtail.search import index

from clinicsite.clinics.announcements import Announcement
from clinicsite.clinics.look import FontPair, Mood, Opening
from clinicsite.clinics.validators import validate_accent_colour, validate_text_colour
from clinicsite.core.fields import ProseField
from clinicsite.core.typed_fields import TypedDateTimeField

#: The fields of a brand, which a group and a clinic's settings have under the same names.
BRAND_FIELDS = ("brand_primary", "brand_accent", "font_pair", "mood", "opening")


class ClinicGroup(index.Indexed, ClusterableModel):
    """Clinics that the agency speaks of together, with what they have in common."""

    class Kind(models.TextChoices):
        """Why clinics are in one group."""

        BRAND = "brand", "Brand"
        REGION = "region", "Region"
        PLAN = "plan", "Plan"

    name = models.CharField(max_length=80, unique=True, help_text="Such as Northgate Physio, or Alberta.")
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.BRAND)
    sites = models.ManyToManyField(Site, blank=True, related_name="clinicsite_groups", verbose_name="clinics")
    announcement = ProseField(
        blank=True,
        help_text="On top of every page of its clinics, wherever a clinic has no announcement of its own "
        "at that time.",
    )
    announcement_from = TypedDateTimeField(null=True, blank=True, help_text="Empty shows it at once.")
    announcement_until = TypedDateTimeField(
        null=True, blank=True, help_text="Empty shows it until you remove it."
    )
    brand_primary = models.CharField(
        "main colour",
        max_length=7,
        blank=True,
        default="",
        validators=[validate_text_colour],
        help_text="Such as #1f5f6b. White text must be readable on it.",
    )
    brand_accent = models.CharField(
        "second colour", max_length=7, blank=True, default="", validators=[validate_accent_colour]
    )
    font_pair = models.CharField("fonts", max_length=30, choices=FontPair.choices, blank=True, default="")
    mood = models.CharField(max_length=10, choices=Mood.choices, blank=True, default="")
    opening = models.CharField(
        "front page begins with", max_length=10, choices=Opening.choices, blank=True, default=""
    )

    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        verbose_name = "group of clinics"
        verbose_name_plural = "groups of clinics"
        ordering = ["name"]

    def __str__(self):
        return self.name

    def clean(self):
        super().clean()
        if ";" in self.name:
            raise ValidationError({"name": "A line of a spreadsheet lists groups with semicolons between."})
        starts, ends = self.announcement_from, self.announcement_until
        if starts and ends and ends <= starts:
            raise ValidationError({"announcement_until": "The announcement must end after it begins."})

    @property
    def as_announcement(self) -> Announcement:
        """What it says on its clinics' pages, with its times."""
        return Announcement(self.announcement, self.announcement_from, self.announcement_until)

    @property
    def size(self) -> int:
        """How many clinics are in it."""
        return self.sites.count()


def groups_of(site: Site) -> models.QuerySet:
    """The groups that a clinic is in, by name."""
    return ClinicGroup.objects.filter(sites=site)
