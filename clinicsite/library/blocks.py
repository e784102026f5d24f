"""The section of a clinical page, as library and clinics write it."""

from django.core.exceptions import ValidationError
from django.db import models
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from clinicsite.core.blocks import SectionBlock
from clinicsite.core.rendering import strings_in
from clinicsite.library.composition import Lock
from clinicsite.library.kinds import SectionKind
from clinicsite.library.tokens import validate_tokens


class LockChoice(models.TextChoices):
    """The locks, in the library editor's words."""

    FREE = Lock.FREE.value, "Free: a clinic may replace or hide it"
    ADAPT = Lock.ADAPT.value, "Adapt: a clinic may replace it, not hide it"
    LOCKED = Lock.LOCKED.value, "Locked: the same on every clinic's page"


class AnchorPosition(models.TextChoices):
    """On which side of a library section an addition stands."""

    AFTER = "after", "After it"
    BEFORE = "before", "Before it"


class ClinicalSectionBlock(SectionBlock):
    """One headed part of a clinical page, with what it is about and how far a clinic may change it."""

    kind = blocks.ChoiceBlock(
        choices=SectionKind.choices,
        default=SectionKind.OTHER,
        label="What it is about",
        help_text="Risks, contraindications and urgent help are locked unless the library says otherwise.",
    )
    lock = blocks.ChoiceBlock(
        choices=LockChoice.choices,
        required=False,
        label="What a clinic may do with it",
        help_text="In the library only. Leave empty for the usual: safety sections locked, all others free.",
    )
    lock_reason = blocks.CharBlock(
        required=False,
        max_length=200,
        label="Why it is locked",
        help_text="Clinics read this where they would otherwise edit.",
    )
    anchor = blocks.CharBlock(
        required=False,
        max_length=36,
        label="Library section it stands beside",
        help_text="On a page that follows the library: the library section's id. Empty puts it at the end.",
    )
    anchor_position = blocks.ChoiceBlock(
        choices=AnchorPosition.choices, default=AnchorPosition.AFTER, required=False, label="Which side"
    )
    trail = blocks.ListBlock(
        blocks.CharBlock(), required=False, default=[], label="Sections before the anchor"
    )

    def clean(self, value):
        cleaned = super().clean(value)
        validate_tokens(strings_in(self.get_prep_value(cleaned)))
        if cleaned["lock"] in (Lock.ADAPT, Lock.LOCKED) and not cleaned["lock_reason"]:
            message = "Say why clinics may not change this freely. They will read the reason."
            raise blocks.struct_block.StructBlockValidationError({"lock_reason": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "title"
        label = "Section"
        description = "A heading, what the section is about, and what stands under it."
        template = "blocks/section.html"
        form_layout = BlockGroup(
            children=["kind", "heading", "body"],
            settings=["lock", "lock_reason", "anchor", "anchor_position", "trail"],
        )
        preview_value = {
            "kind": SectionKind.OVERVIEW,
            "heading": "What is dry needling?",
            "body": [("paragraph", "<p>A thin needle goes into a tight spot in the muscle.</p>")],
        }


class SectionsBlock(blocks.StreamBlock):
    """The sections of a clinical page, in order."""

    section = ClinicalSectionBlock()

    class Meta:
        icon = "title"
        label = "Sections"
        description = "The sections of a clinical page."
        template = "blocks/sections.html"
        preview_value = [("section", {"kind": "overview", "heading": "What is dry needling?", "body": []})]
