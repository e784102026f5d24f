"""What the agency tells chosen clinics for a while."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from wagtail.models import Site
from wagtail.search import index

from clinicsite.clinics.announcements import Announcement
from clinicsite.clinics.models.groups import ClinicGroup
from clinicsite.core.fields import ProseField
from clinicsite.core.typed_fields import TypedDateTimeField


class NoticeQuerySet(models.QuerySet):
    """Notices, by clinic and by time."""

    def for_sites(self, sites):
        """Those that are for any of these clinics."""
        to = Q(to_all=True) | Q(sites__in=sites) | Q(groups__sites__in=sites)
        return self.filter(pk__in=self.model.objects.filter(to).order_by().values("pk"))

    def shown_at(self, moment):
        """Those that are due at a moment."""
        has_begun = Q(starts=None) | Q(starts__lte=moment)
        return self.filter(has_begun, Q(ends=None) | Q(ends__gt=moment))


class Notice(index.Indexed, models.Model):
    """A few words to the people of some clinics, and if the agency wishes to their patients too."""

    title = models.CharField(max_length=100, help_text="Such as “Maintenance on Sunday”.")
    text = ProseField(help_text="What the clinics' people read on their first screen.")
    to_all = models.BooleanField("to every clinic", default=False)
    sites = models.ManyToManyField(
        Site, blank=True, related_name="clinicsite_notices", verbose_name="to these clinics"
    )
    groups = models.ManyToManyField(
        ClinicGroup, blank=True, related_name="notices", verbose_name="to the clinics of these groups"
    )
    starts = TypedDateTimeField("from", null=True, blank=True, help_text="Empty shows it at once.")
    ends = TypedDateTimeField("until", null=True, blank=True, help_text="Empty shows it until you remove it.")
    on_sites = models.BooleanField(
        "also on the clinics’ sites",
        default=False,
        help_text="Patients read the words for patients on top of every page.",
    )
    text_on_sites = ProseField("words for patients", blank=True)

    objects = NoticeQuerySet.as_manager()

    search_fields = [
        index.SearchField("title"),
        index.AutocompleteField("title"),
        index.SearchField("text"),
    ]

    class Meta:
        verbose_name = "notice"
        ordering = ["-pk"]

    def __str__(self):
        return self.title

    def clean(self):
        super().clean()
        if self.starts and self.ends and self.ends <= self.starts:
            raise ValidationError({"ends": "The notice must end after it begins."})
        if self.on_sites and not self.text_on_sites:
            raise ValidationError({"text_on_sites": "Say what patients read."})

    @property
    def for_patients(self) -> Announcement:
        """What patients read, with its times; without words where it is not for them."""
        return Announcement(self.text_on_sites if self.on_sites else "", self.starts, self.ends)

    @property
    def is_shown(self) -> bool:
        """Whether it is due now."""
        return Announcement(self.title, self.starts, self.ends).is_shown_at(timezone.now())
