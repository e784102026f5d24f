"""The blocks every page is written from."""

from clinicsite.core.blocks.body import BodyBlock, SectionBlock
from clinicsite.core.blocks.lists import BenefitsBlock, GroupedListBlock, QuestionsBlock, StepsBlock
from clinicsite.core.blocks.media import PictureBlock, PictureChooserBlock, VideoBlock
from clinicsite.core.blocks.tables import ComparisonBlock
from clinicsite.core.blocks.text import CalloutBlock, ParagraphBlock, QuotationBlock, WordsBlock

__all__ = [
    "BenefitsBlock",
    "BodyBlock",
    "CalloutBlock",
    "ComparisonBlock",
    "GroupedListBlock",
    "ParagraphBlock",
    "PictureBlock",
    "PictureChooserBlock",
    "QuestionsBlock",
    "QuotationBlock",
    "SectionBlock",
    "StepsBlock",
    "VideoBlock",
    "WordsBlock",
]
