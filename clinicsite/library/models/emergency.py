import re

from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel, ObjectList
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting

from clinicsite.clinics.emergency_lines import EmergencyLines
from clinicsite.clinics.tenancy.trees import forget
from clinicsite.core.stale_saves import AdminModelForm
from clinicsite.library import emergency_texts

#: Where its texts are kept for every search.
KEY = "clinicsite:emergency_help"
#: How long a process without a shared cache may not know that they have changed.
CACHE_SECONDS = 10 * 60
#: What stands in the texts for the number of the clinic's country.
NUMBER = "{emergency_number}"
ONE_A_LINE = "One word or phrase a line, as patients type it. Order, endings and small slips do not matter."


@register_setting(icon="warning", name="clinicsite-emergency-help", order=260)
class EmergencyHelp(BaseGenericSetting):
    """What every clinic's search says before all else to somebody who may be in danger.

    There is one, the library's. No clinic can change it or do without it, and where its row is missing it
    says what it says from the beginning. The numbers are facts of each country and are not written here
    (`clinicsite.clinics.emergency_lines`).
    """

    emergency_words = models.TextField(
        "words of an emergency", default=emergency_texts.emergency_words, help_text=ONE_A_LINE
    )
    emergency_heading = models.CharField("heading", max_length=120, default=emergency_texts.emergency_heading)
    emergency_text = models.TextField("what to do", default=emergency_texts.emergency_text)
    crisis_words = models.TextField(
        "words of despair", default=emergency_texts.crisis_words, help_text=ONE_A_LINE
    )
    crisis_heading = models.CharField("heading", max_length=120, default=emergency_texts.crisis_heading)
    crisis_text = models.TextField("what to do", default=emergency_texts.crisis_text)
    harmless_words = models.TextField(
        "words that are no emergency",
        blank=True,
        default=emergency_texts.harmless_words,
        help_text=(
            "Phrases in which one of the words above means something else, such as “stroke rehab”. "
            "Be sparing: help that is shown once too often does no harm."
        ),
    )

    edit_handler = ObjectList(
        [
            HelpPanel(
                content=(
                    "<p>Shown above the results of every clinic’s search when one of these words is looked "
                    f"for. Write {NUMBER} where the number to call belongs: each clinic’s visitors read the "
                    "one of its country, with links to the lines there.</p>"
                )
            ),
            MultiFieldPanel(
                [
                    FieldPanel("emergency_heading"),
                    FieldPanel("emergency_text"),
                    FieldPanel("emergency_words"),
                ],
                heading="Emergency",
            ),
            MultiFieldPanel(
                [FieldPanel("crisis_heading"), FieldPanel("crisis_text"), FieldPanel("crisis_words")],
                heading="Somebody in despair",
            ),
            FieldPanel("harmless_words"),
        ],
        base_form_class=AdminModelForm,
    )

    class Meta:
        verbose_name = "emergency help"

    def __str__(self):
        return "Emergency help"

    @classmethod
    def current(cls) -> "EmergencyHelp":
        """The library's, or as it is from the beginning; one query after a change, and no row is made."""
        return cls(**cache.get_or_set(KEY, cls._stored, CACHE_SECONDS))

    @classmethod
    def _stored(cls) -> dict[str, str]:
        names = [field.name for field in cls._meta.fields if not field.primary_key]
        return cls.objects.values(*names).first() or {}

    def clean(self):
        super().clean()
        texts = ("emergency_heading", "emergency_text", "crisis_heading", "crisis_text")
        errors = {}
        for name in texts:
            unknown = set(re.findall(r"\{[^}]*\}?", getattr(self, name))) - {NUMBER}
            if unknown:
                errors[name] = f"Only {NUMBER} can stand here, not {', '.join(sorted(unknown))}."
        if NUMBER not in self.emergency_heading + self.emergency_text:
            errors["emergency_text"] = f"Say whom to call: write {NUMBER} where the number belongs."
        for name in ("emergency_words", "crisis_words"):
            if not any(line.strip() for line in getattr(self, name).splitlines()):
                errors.setdefault(name, "Write at least one word.")
        if errors:
            raise ValidationError(errors)

    def filled(self, field: str, lines: EmergencyLines) -> str:
        """One of the texts with the number of a country in it."""
        return getattr(self, field).replace(NUMBER, lines.ambulance_number)


@receiver([post_save, post_delete], sender=EmergencyHelp)
def _forget(**kwargs):
    forget(KEY)
