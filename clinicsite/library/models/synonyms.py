from django.contrib.admin import display
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.search import index

from clinicsite.core.stale_saves import AdminModelForm


def phrases_in(text: str) -> list[str]:
    """What is written one a line, without spaces around it."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return [line for line in lines if line]


class SynonymGroup(index.Indexed, models.Model):
    """Words that mean the same to a patient, so that each finds what the others find."""

    terms = models.TextField(
        "words and phrases",
        help_text="Two or more, one a line: slipped disc, then herniated disc. The first names the group.",
    )

    narrower_terms = models.TextField(
        "words that lead here",
        blank=True,
        help_text=(
            "One a line. Whoever looks for one of these also finds the pages with the words above, but not "
            "the other way round: the names of insurers lead to “direct billing”."
        ),
    )

    edit_handler = ObjectList(
        [FieldPanel("terms"), FieldPanel("narrower_terms")], base_form_class=AdminModelForm
    )
    search_fields = [
        index.SearchField("terms"),
        index.AutocompleteField("terms"),
        index.SearchField("narrower_terms"),
        index.AutocompleteField("narrower_terms"),
    ]

    class Meta:
        verbose_name = "words that mean the same"
        verbose_name_plural = "words that mean the same"
        ordering = ["terms"]

    def __str__(self):
        return ", ".join(self.phrases)

    def clean(self):
        super().clean()
        terms = _unique(self.phrases)
        narrower = [phrase for key, phrase in _unique(self.narrower_phrases).items() if key not in terms]
        if not terms or len(terms) + len(narrower) < 2:
            raise ValidationError({"terms": "Write at least two that differ, each on its own line."})
        self.terms, self.narrower_terms = "\n".join(terms.values()), "\n".join(narrower)

    @property
    def phrases(self):
        """The words and phrases, without spaces around them."""
        return phrases_in(self.terms)

    @property
    def narrower_phrases(self):
        """The words and phrases that lead to these, and these not to them."""
        return phrases_in(self.narrower_terms)

    @property
    @display(description="word or phrase")
    def first_phrase(self):
        """The one that names the group."""
        return next(iter(self.phrases), "")

    @property
    def other_phrases(self):
        """The rest, on one line."""
        return ", ".join(self.phrases[1:])

    @property
    def narrower_on_a_line(self):
        """What leads to them, on one line."""
        return ", ".join(self.narrower_phrases)


def _unique(phrases):
    """{as it is compared: as it is written} for each phrase once."""
    found: dict[str, str] = {}
    for phrase in phrases:
        found.setdefault(phrase.casefold(), phrase)
    return found
