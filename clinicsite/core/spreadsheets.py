"""Lists as files that are safe to open in a spreadsheet: text is shown as it is, and does not run."""

from codecs import BOM_UTF8
from itertools import chain

from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.admin.views.mixins import SpreadsheetExportMixin
from wagtail.admin.widgets.button import Button

from clinicsite.core.printable import printable

#: A spreadsheet runs a cell that begins with one of these as a formula. Source: OWASP, CSV Injection.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_words(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before it says that it is words."""
    text = printable(text)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) else text


class CsvExportMixin(SpreadsheetExportMixin):
    """Adds a download as CSV. Wagtail's own leaves formulas as they are, and Excel guesses its encoding."""

    FORMATS = (SpreadsheetExportMixin.FORMAT_CSV,)
    custom_value_preprocess = {
        **SpreadsheetExportMixin.custom_value_preprocess,
        str: {SpreadsheetExportMixin.FORMAT_CSV: as_words},
    }

    def stream_csv(self, queryset):
        """The lines of the file, after the mark by which Excel knows UTF-8, with times as in the list."""
        lines = chain([BOM_UTF8], super().stream_csv(queryset))
        return _in_zone(lines, timezone.get_current_timezone())

    def render_to_response(self, context, **kwargs):
        if self.is_export:
            return self.as_spreadsheet(self.object_list, self.request.GET["export"])
        return super().render_to_response(context, **kwargs)

    @cached_property
    def header_more_buttons(self):
        return [Button("Download CSV", url=self.csv_export_url, icon_name="download")]


def _in_zone(lines, zone):
    """These lines, each made in a time zone: they are asked for when the view's own is over."""
    lines, end = iter(lines), object()
    while True:
        with timezone.override(zone):
            line = next(lines, end)
        if line is end:
            return
        yield line
