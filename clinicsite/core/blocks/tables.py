"""A table that compares a few things side by side."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class ComparisonRowBlock(blocks.StructBlock):
    """One thing that is compared, with a cell for each column."""

    label = blocks.CharBlock(max_length=120)
    cells = blocks.ListBlock(blocks.TextBlock(label="Cell", rows=2), min_num=1)

    class Meta:
        icon = "table"
        label = "Row"
        description = "What is compared, then one cell for each column."
        template = "clinicsite/blocks/comparison_row.html"
        preview_value = {"label": "Where it comes from", "cells": ["Western anatomy", "Chinese medicine"]}


class ComparisonBlock(blocks.StructBlock):
    """Two or three things compared, row by row."""

    caption = blocks.CharBlock(help_text="What the table compares. Read out first by screen readers.")
    columns = blocks.ListBlock(blocks.CharBlock(max_length=80, label="Column"), min_num=2, max_num=4)
    rows = blocks.ListBlock(ComparisonRowBlock(), min_num=1)

    def clean(self, value):
        cleaned = super().clean(value)
        expected = len(cleaned["columns"])
        wrong = [row["label"] for row in cleaned["rows"] if len(row["cells"]) != expected]
        if wrong:
            message = f"Give each row {expected} cells, one for each column. Check: {', '.join(wrong)}."
            raise StructBlockValidationError({"rows": ValidationError(message)})
        return cleaned

    class Meta:
        icon = "table"
        label = "Comparison table"
        description = "Two or three things side by side, row by row. Reads as cards on a phone."
        template = "clinicsite/blocks/comparison.html"
        preview_value = {
            "caption": "Dry needling and acupuncture",
            "columns": ["Dry needling", "Acupuncture"],
            "rows": [{"label": "Where it comes from", "cells": ["Western anatomy", "Chinese medicine"]}],
        }
