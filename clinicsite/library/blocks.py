"""The section of a clinical page, as library and clinics write it."""

from copy import deepcopy

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.functional import cached_property
from wagtail import blocks
from wagtail.blocks.struct_block import BlockGroup

from clinicsite.core.blocks import BodyBlock, SectionBlock
from clinicsite.core.rendering import strings_in
from clinicsite.library.composition import Lock
from clinicsite.library.section_kinds import SectionKind
from clinicsite.library.stored_blocks import definitions_in
from clinicsite.library.tokens.names import FEATURE, TOKEN_HELP, validate_tokens

#: The locks, in the library editor's words.
LOCK_LABELS = {
    Lock.FREE: "Free: a clinic may replace or hide it",
    Lock.ADAPT: "Adapt: a clinic may replace it, not hide it",
    Lock.LOCKED: "Locked: the same on every clinic's page",
}


class AnchorPosition(models.TextChoices):
    """On which side of a library section an addition stands."""

    AFTER = "after", "After it"
    BEFORE = "before", "Before it"


def _with_tokens(block: blocks.Block) -> blocks.Block:
    """A copy of a block whose rich texts offer tokens."""
    copied = deepcopy(block)
    for one in definitions_in(copied):
        if isinstance(one, blocks.RichTextBlock):
            one.features = [*one.features, FEATURE]
    return copied


class WarningSignsBlock(blocks.PageChooserBlock):
    """Warning signs of the library, one text for every page that needs them: see `included.py`."""

    @cached_property
    def target_models(self):
        return [model for model in apps.get_models() if getattr(model, "is_included", False)]

    class Meta:
        icon = "warning"
        label = "Warning signs"
        description = "Signs that need urgent help, the same wherever they stand."
        template = "clinicsite/blocks/warning_signs.html"


class ClinicalBodyBlock(BodyBlock):
    """What stands under the heading of a clinical section: the editor offers tokens for its words."""

    warning_signs = WarningSignsBlock()

    def __init__(self, local_blocks=None, **kwargs):
        super().__init__(local_blocks, **kwargs)
        self.child_blocks = {name: _with_tokens(child) for name, child in self.child_blocks.items()}

    class Meta:
        description = "Text, pictures, steps, lists, tables, callouts, questions, warning signs, with tokens."


class WrittenSectionBlock(SectionBlock):
    """What a clinic writes in a section: what it is about, its heading and what stands under it."""

    kind = blocks.ChoiceBlock(
        choices=SectionKind.choices, default=SectionKind.OTHER, label="What it is about"
    )
    heading = blocks.CharBlock(
        required=False, max_length=150, help_text=f"Leave empty only for an opening section. {TOKEN_HELP}"
    )
    body = ClinicalBodyBlock()

    def clean(self, value):
        cleaned = super().clean(value)
        validate_tokens(strings_in(self.get_prep_value(cleaned)))
        return cleaned

    class Meta:
        icon = "title"
        label = "Section"
        description = "A heading, what the section is about, and what stands under it."
        template = "clinicsite/blocks/section.html"
        form_layout = BlockGroup(children=["kind", "heading", "body"])
        preview_value = {
            "kind": SectionKind.OVERVIEW,
            "heading": "What is dry needling?",
            "body": [("paragraph", "<p>A thin needle goes into a tight spot in the muscle.</p>")],
        }


class LibraryBodyBlock(ClinicalBodyBlock):
    """The same in the library, which cites its own references alone."""

    def __init__(self, local_blocks=None, **kwargs):
        super().__init__(local_blocks, **kwargs)
        for one in definitions_in(self):
            if isinstance(one, blocks.RichTextBlock):
                one.features = [name for name in one.features if name != "clinicsite-own-citation"]

    class Meta:
        description = "Text, pictures, steps, lists, tables, callouts, questions, warning signs, with tokens."


class LibrarySectionBlock(WrittenSectionBlock):
    """What a library editor writes in a section: the same, and how far a clinic may change it."""

    kind = blocks.ChoiceBlock(
        choices=SectionKind.choices,
        default=SectionKind.OTHER,
        label="What it is about",
        help_text="Risks, contraindications and urgent help are locked unless the library says otherwise.",
    )
    body = LibraryBodyBlock()
    lock = blocks.ChoiceBlock(
        choices=[(lock.value, LOCK_LABELS[lock]) for lock in Lock],
        required=False,
        label="What a clinic may do with it",
        help_text="Leave empty for the usual: safety sections locked, all others free.",
    )
    lock_reason = blocks.CharBlock(
        required=False,
        label="Why it is locked",
        help_text="Clinics read this where they would otherwise edit.",
    )

    def clean(self, value):
        cleaned = super().clean(value)
        if cleaned["lock"] in (Lock.ADAPT, Lock.LOCKED) and not cleaned["lock_reason"]:
            message = "Say why clinics may not change this freely. They will read the reason."
            raise blocks.struct_block.StructBlockValidationError({"lock_reason": ValidationError(message)})
        if cleaned["lock"] in (Lock.FREE, Lock.ADAPT) and cleaned["body"].blocks_by_name("warning_signs"):
            message = "A section with warning signs of the library is always locked. Leave this empty."
            raise blocks.struct_block.StructBlockValidationError({"lock": ValidationError(message)})
        return cleaned

    class Meta:
        form_layout = BlockGroup(children=["kind", "heading", "body"], settings=["lock", "lock_reason"])


class ClinicalSectionBlock(LibrarySectionBlock):
    """One headed part of a clinical page as it is stored, with what only the screens write: its place."""

    anchor = blocks.CharBlock(required=False, max_length=36)
    anchor_position = blocks.ChoiceBlock(
        choices=AnchorPosition.choices, default=AnchorPosition.AFTER, required=False
    )
    trail = blocks.ListBlock(blocks.CharBlock(), required=False, default=[])


class SectionsBlock(blocks.StreamBlock):
    """The sections of a clinical page, in order."""

    section = ClinicalSectionBlock()

    class Meta:
        icon = "title"
        label = "Sections"
        description = "The sections of a clinical page."
        template = "clinicsite/blocks/sections.html"
        preview_value = [("section", {"kind": "overview", "heading": "What is dry needling?", "body": []})]


class WrittenSectionsBlock(blocks.StreamBlock):
    """The sections as a clinic's editor writes them; stored as `SectionsBlock`."""

    section = WrittenSectionBlock()


class LibrarySectionsBlock(blocks.StreamBlock):
    """The sections as a library editor writes them; stored as `SectionsBlock`."""

    section = LibrarySectionBlock()
