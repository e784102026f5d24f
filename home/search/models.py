from django.core.exceptions import ValidationError
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.models import Page, Site

from clinicsite.core.models.ordered import OrderedRow
from clinicsite.home.search.words import words_in


class SuggestedResult(OrderedRow):
    """A page that a clinic puts first in its search for some words."""

    home = ParentalKey("clinicsite_home.HomePage", on_delete=models.CASCADE, related_name="suggested_results")
    words = models.CharField(
        "when patients look for",
        max_length=200,
        help_text="Words or phrases with commas between: fees, cost, direct billing.",
    )
    page = models.ForeignKey(
        Page, on_delete=models.CASCADE, related_name="+", verbose_name="show this page first"
    )

    panels = [FieldPanel("words"), PageChooserPanel("page")]

    class Meta(OrderedRow.Meta):
        verbose_name = "suggested result"

    def __str__(self):
        return self.words

    def clean(self):
        super().clean()
        if not self.phrases:
            raise ValidationError({"words": "Write at least one word that patients may type."})

    @property
    def phrases(self):
        """The words of each phrase."""
        return [words for phrase in self.words.split(",") if (words := words_in(phrase))]


class MissedSearch(models.Model):
    """What patients of a clinic looked for and did not find: the words and how often, nothing of who."""

    site = models.ForeignKey(Site, on_delete=models.CASCADE, related_name="+")
    words = models.CharField(max_length=100)
    times = models.PositiveIntegerField(default=1)
    last_on = models.DateField("last looked for", db_index=True)

    class Meta:
        ordering = ["-times", "words"]
        constraints = [
            models.UniqueConstraint(fields=["site", "words"], name="clinicsite_missed_search_unique"),
        ]

    def __str__(self):
        return self.words
