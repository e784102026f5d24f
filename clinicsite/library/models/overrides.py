from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.models import Page

from clinicsite.core.fields import ContentField
from clinicsite.library.blocks import ClinicalBodyBlock
from clinicsite.library.composition import Action, Section
from clinicsite.library.equality import fingerprint
from clinicsite.library.sections import override_from_record, section_from_base
from clinicsite.library.stored import OverrideBase, OwnWords, dict_or_empty

#: What a clinic does with a section, in its editor's words.
ACTION_LABELS = {
    Action.REPLACE: "Ours instead",
    Action.HIDE: "Hide it",
    Action.RETURN: "The library's for now",
}


class SectionOverride(models.Model):
    """A clinic's own version of a library section, or its wish to hide it.

    A child of the page, so that it is drafted, approved, kept in revisions and undone with it. It is never
    deleted by an answer: a section returned to the library keeps the clinic's words here, unread.
    """

    page = ParentalKey(Page, on_delete=models.CASCADE, related_name="clinicsite_section_overrides")
    section_id = models.CharField("library section", max_length=36)
    action = models.CharField(max_length=10, choices=[(one.value, ACTION_LABELS[one]) for one in Action])
    heading = models.CharField(max_length=150, blank=True)
    body = ContentField(ClinicalBodyBlock(), blank=True)
    base = models.JSONField(
        default=dict,
        help_text="The library's section as it was when the clinic took it over. Never rewritten by a draft.",
    )
    seen = models.JSONField(
        default=dict,
        blank=True,
        editable=False,
        help_text="Of a section hidden over words of its own: the library's as the clinic last knew it.",
    )
    earlier_words = models.JSONField(
        default=list,
        blank=True,
        editable=False,
        help_text="Words of the clinic's own that others have taken the place of, the newest last.",
    )
    base_fingerprint = models.CharField(max_length=32, editable=False, db_index=True, default="")
    is_heading_only = models.BooleanField(
        default=False, help_text="The heading is the clinic’s; the text under it goes on being the library’s."
    )
    is_kept = models.BooleanField(
        default=False, help_text="The library has retired the section; the clinic keeps its own."
    )
    is_let_go = models.BooleanField(
        default=False, help_text="The library has retired the section; the clinic has let it go."
    )
    is_lock_known = models.BooleanField(
        default=False, help_text="The clinic has been told that the library’s lock sets this aside."
    )
    reason = models.TextField(blank=True, help_text="Why this clinic says something different.")
    reviewed_by = models.ForeignKey(Page, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    reviewed_on = models.DateField(null=True, blank=True)

    class Meta:
        verbose_name = "override"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "section_id"],
                name="clinicsite_section_override_unique",
                violation_error_message="This clinic already has its own version of that section.",
            ),
        ]

    def __str__(self):
        return f"{self.get_action_display()}: {self.heading or dict_or_empty(self.base).get('heading', '')}"

    def save(self, *args, **kwargs):
        self.base_fingerprint = fingerprint(section_from_base(self.section_id, self.compared_with))
        super().save(*args, **kwargs)

    @property
    def has_words(self):
        """Whether the clinic has written something into it."""
        return bool(self.heading or len(self.body))

    @property
    def compared_with(self):
        """The library's section as the clinic knows it: what differs from it by now is news."""
        return self.seen if self.action == Action.HIDE and self.seen else self.base

    def note_seen(self, base: OverrideBase):
        """The clinic knows the library's section as it is; what hidden words were written on stays."""
        if self.action == Action.HIDE and self.has_words:
            self.seen = base
        else:
            self.base, self.seen = base, {}

    def write(self, heading, body, base: OverrideBase, *, is_heading_only=False):
        """Put words into it that were written on this base; words that are there already are put aside."""
        was = self.words
        self.heading, self.body, self.is_heading_only = heading, body, is_heading_only
        if mark_of(self.words) != mark_of(was):
            self._put_aside(was)
            # What a reviewer approved was the text before.
            self.reviewed_by, self.reviewed_on = None, None
        self.base = base

    def bring_earlier_back(self, mark: str) -> bool:
        """Let earlier words and those that are there change places; False where none has this mark."""
        found = next((words for words in self.earlier_words if mark_of(words) == mark), None)
        if found is None:
            return False
        self.earlier_words = [words for words in self.earlier_words if words != found]
        is_heading_only = found.get("is_heading_only", False)
        self.write(found["heading"], found["body"], found["base"], is_heading_only=is_heading_only)
        return True

    @property
    def words(self) -> OwnWords:
        """What the clinic has written, as it is put aside when other words take its place."""
        return {
            "heading": self.heading,
            "body": list(self.body.raw_data),
            "base": self.base,
            "is_heading_only": self.is_heading_only,
        }

    def _put_aside(self, words: OwnWords):
        if words["heading"] or words["body"]:
            others = [one for one in self.earlier_words if mark_of(one) != mark_of(words)]
            self.earlier_words = [*others, words]

    def as_value(self):
        """The override as `compose()` takes it."""
        return override_from_record(self)


def mark_of(words: OwnWords) -> str:
    """Names words that were put aside: equal for two that read the same."""
    return fingerprint(Section("", "", words["heading"], words["body"]))
