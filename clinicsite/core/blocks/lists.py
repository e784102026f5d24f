"""Blocks that list things: steps, benefits, groups, questions and answers."""

from wagtail import blocks

from clinicsite.core.blocks.text import ENTRY_FEATURES, WordsBlock
from clinicsite.core.rich_text import entries
from clinicsite.core.rich_text.printing import ClinicRichTextBlock, EntryText


class TitledWordsBlock(blocks.StructBlock):
    """A title and the words that belong to it: one step, or one benefit."""

    title = blocks.CharBlock(max_length=120)
    text = WordsBlock(required=False)

    class Meta:
        icon = "list-ul"
        label = "Item"
        description = "A short title with a few sentences."
        template = "clinicsite/blocks/titled_words.html"
        preview_value = {"title": "We talk first", "text": "<p>Tell us where it hurts and since when.</p>"}


class StepsBlock(blocks.StructBlock):
    """What happens, in order."""

    items = blocks.ListBlock(TitledWordsBlock(label="Step"), min_num=1, label="Steps")

    class Meta:
        icon = "list-ol"
        label = "Steps"
        description = "What happens first, next and last, numbered."
        template = "clinicsite/blocks/steps.html"
        preview_value = {
            "items": [
                {"title": "We talk first", "text": "<p>Tell us where it hurts and since when.</p>"},
                {"title": "We examine you", "text": "<p>We check how you move and find the tight spot.</p>"},
            ]
        }


class BenefitsBlock(blocks.StructBlock):
    """What a treatment may do for a patient, each with a short lead-in."""

    intro = blocks.CharBlock(required=False)
    is_numbered = blocks.BooleanBlock(required=False, label="Number the list")
    items = blocks.ListBlock(TitledWordsBlock(label="Benefit"), min_num=1, label="Benefits")

    class Meta:
        icon = "tick"
        label = "Benefits"
        description = "What it may do for a patient: short lead-ins, numbered if you like."
        template = "clinicsite/blocks/benefits.html"
        preview_value = {
            "intro": "",
            "is_numbered": True,
            "items": [
                {"title": "Less pain for a while", "text": "<p>Many people feel looser for some days.</p>"},
                {"title": "Easier movement", "text": "<p>A tight muscle may let go.</p>"},
            ],
        }


class EntryBlock(ClinicRichTextBlock):
    """A short entry of a list; its words, or some of them, may lead to a page, such as a condition's."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", ENTRY_FEATURES)
        super().__init__(**kwargs)

    def normalize(self, value):
        return EntryText(entries.as_markup(super().normalize(value).source))

    class Meta:
        icon = "link"
        label = "Entry"
        description = (
            "A few words. Select them to link a page, such as a condition; they stay as you typed them."
        )
        template = "clinicsite/blocks/entry.html"
        preview_value = "<p>Tennis elbow</p>"


class GroupBlock(blocks.StructBlock):
    """A heading and the short entries under it."""

    heading = blocks.CharBlock(max_length=120)
    items = blocks.ListBlock(EntryBlock(), min_num=1)

    class Meta:
        icon = "list-ul"
        label = "Group"
        description = "A heading with a short list under it."
        template = "clinicsite/blocks/group.html"
        preview_value = {"heading": "Arm", "items": ["Tennis elbow", "Carpal tunnel syndrome"]}


class GroupedListBlock(blocks.StructBlock):
    """Short entries sorted under headings, such as conditions by body region."""

    groups = blocks.ListBlock(GroupBlock(), min_num=1)

    class Meta:
        icon = "list-ul"
        label = "Grouped list"
        description = "Short entries under several headings, side by side where there is room."
        template = "clinicsite/blocks/grouped_list.html"
        preview_value = {
            "groups": [
                {"heading": "Arm", "items": ["Tennis elbow", "Carpal tunnel syndrome"]},
                {"heading": "Back", "items": ["Low back pain", "Sciatica"]},
            ]
        }


class QuestionBlock(blocks.StructBlock):
    """One question a patient asks, and the answer."""

    question = blocks.CharBlock()
    answer = WordsBlock()

    class Meta:
        icon = "help"
        label = "Question"
        description = "A question in the patient's words, and its answer."
        template = "clinicsite/blocks/question.html"
        preview_value = {"question": "Does it hurt?", "answer": "<p>It can ache for a moment.</p>"}


class QuestionsBlock(blocks.StructBlock):
    """Questions patients ask, with answers that open on request."""

    items = blocks.ListBlock(QuestionBlock(), min_num=1, label="Questions")

    class Meta:
        icon = "help"
        label = "Questions and answers"
        description = "Questions patients ask, each with its answer."
        template = "clinicsite/blocks/questions.html"
        preview_value = {
            "items": [
                {"question": "Does it hurt?", "answer": "<p>It can ache for a moment.</p>"},
                {"question": "Can I shower afterwards?", "answer": "<p>Yes, whenever you like.</p>"},
            ]
        }
