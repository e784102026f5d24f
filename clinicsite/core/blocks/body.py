"""The body of a section, and a section itself."""

from wagtail import blocks

from clinicsite.core.blocks.lists import BenefitsBlock, GroupedListBlock, QuestionsBlock, StepsBlock
from clinicsite.core.blocks.media import PictureBlock, VideoBlock
from clinicsite.core.blocks.tables import ComparisonBlock
from clinicsite.core.blocks.text import CalloutBlock, ParagraphBlock, QuotationBlock


class BodyBlock(blocks.StreamBlock):
    """What stands under a section's heading."""

    paragraph = ParagraphBlock()
    steps = StepsBlock()
    benefits = BenefitsBlock()
    comparison = ComparisonBlock()
    grouped_list = GroupedListBlock()
    callout = CalloutBlock()
    questions = QuestionsBlock()
    quotation = QuotationBlock()
    picture = PictureBlock()
    video = VideoBlock()

    class Meta:
        icon = "doc-full"
        label = "Text and pictures"
        description = "Text, pictures, steps, lists, tables, callouts, questions and answers."
        template = "clinicsite/blocks/body.html"
        preview_value = [("paragraph", "<p>A thin needle goes into a tight spot in the muscle.</p>")]


class SectionBlock(blocks.StructBlock):
    """One headed part of a page."""

    heading = blocks.CharBlock(
        required=False, max_length=150, help_text="Leave empty only for an opening section."
    )
    body = BodyBlock()

    class Meta:
        icon = "title"
        label = "Section"
        description = "A heading and what stands under it."
        template = "clinicsite/blocks/section.html"
        preview_value = {
            "heading": "What is dry needling?",
            "body": [("paragraph", "<p>A thin needle goes into a tight spot in the muscle.</p>")],
        }
