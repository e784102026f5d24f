from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.search import index

from clinicsite.core.stale_saves import AdminModelForm


class SynonymGroup(index.Indexed, models.Model):
    """Words that mean the same to a patient, so that each finds what the others find."""

    terms = models.TextField(
        "words and phrases",
        help_text="Two or more, one a line: slipped disc, then herniated disc. The first names the group.",
    )

    edit_handler = ObjectList([FieldPanel("terms")], base_form_class=AdminModelForm)
    search_fields = [index.SearchField("terms"), index.AutocompleteField("terms")]

    class Meta:
        verbose_name = "words that mean the same"
        verbose_name_plural = "words that mean the same"
        ordering = ["terms"]

    def __str__(self):
        return ", ".join(self.phrases)

    def clean(self):
        super().clean()
        phrases = list({phrase.casefold(): phrase for phrase in self.phrases}.values())
        if len(phrases) < 2:
            raise ValidationError({"terms": "Write at least two that differ, each on its own line."})
        self.terms = "\n".join(phrases)

    @property
    def phrases(self):
        """The words and phrases, without spaces around them."""
        lines = (" ".join(line.split()) for line in self.terms.splitlines())
        return [line for line in lines if line]

    @property
    def first_phrase(self):
        """The one that names the group."""
        return next(iter(self.phrases), "")

    @property
    def other_phrases(self):
        """The rest, on one line."""
        return ", ".join(self.phrases[1:])
