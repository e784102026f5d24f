"""Blocks of words: paragraphs, callouts, quotations."""

from django.db import models
from wagtail import blocks

from clinicsite.core.rich_text.printing import ClinicRichTextBlock

#: Rich text of a whole paragraph block, with sub-headings.
PARAGRAPH_FEATURES = [
    "h3",
    "h4",
    "bold",
    "italic",
    "ol",
    "ul",
    "link",
    "document-link",
    "clinicsite-citation",
    "clinicsite-own-citation",
    "clinicsite-person",
]
#: Rich text inside another block, where a heading would break the outline.
WORDS_FEATURES = [
    "bold",
    "italic",
    "ol",
    "ul",
    "link",
    "clinicsite-citation",
    "clinicsite-own-citation",
    "clinicsite-person",
]
#: Rich text of an entry of a list, which is one line.
ENTRY_FEATURES = ["link"]
#: Rich text of a single field, on pages that end in no list of references for a citation to lead to.
FIELD_FEATURES = ["bold", "italic", "ol", "ul", "link", "clinicsite-person"]


class ParagraphBlock(ClinicRichTextBlock):
    """Running text with sub-headings, lists, links and citations."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", PARAGRAPH_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = "Text"
        description = "Paragraphs with sub-headings, lists, links and citations."
        template = "clinicsite/blocks/paragraph.html"
        preview_value = "<p>A thin needle goes into a tight spot in the muscle. It stays for a moment.</p>"


class WordsBlock(ClinicRichTextBlock):
    """Short rich text inside another block."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", WORDS_FEATURES)
        super().__init__(**kwargs)

    class Meta:
        icon = "pilcrow"
        label = "Words"
        description = "A few sentences, with bold, lists, links and citations."
        template = "clinicsite/blocks/words.html"
        preview_value = "<p>You may feel a brief twitch.</p>"


class CalloutStyle(models.TextChoices):
    """How serious a callout is, said in words as well as in colour."""

    INFORMATION = "information", "Information"
    WARNING = "warning", "Warning"
    URGENT = "urgent", "Urgent: get help now"


class CalloutBlock(blocks.StructBlock):
    """A boxed message that must not be overlooked."""

    style = blocks.ChoiceBlock(choices=CalloutStyle.choices, default=CalloutStyle.INFORMATION)
    heading = blocks.CharBlock(required=False, max_length=120)
    text = WordsBlock()

    class Meta:
        icon = "warning"
        label = "Callout"
        description = "A boxed message: information, a warning, or when to get urgent help."
        template = "clinicsite/blocks/callout.html"
        preview_value = {
            "style": "urgent",
            "heading": "Call 911 if you cannot catch your breath",
            "text": "<p>Sudden chest pain or breathlessness after needling needs help at once.</p>",
        }


class QuotationBlock(blocks.StructBlock):
    """Somebody's words, with their name."""

    text = blocks.TextBlock()
    attribution = blocks.CharBlock(required=False, help_text="Who said it. Only with their consent.")

    class Meta:
        icon = "openquote"
        label = "Quotation"
        description = "Somebody's own words, used with their consent."
        template = "clinicsite/blocks/quotation.html"
        preview_value = {
            "text": "I could turn my head again on the drive home.",
            "attribution": "A patient, with consent",
        }
