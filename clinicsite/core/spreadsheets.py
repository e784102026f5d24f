"""Text that a spreadsheet shows as it is, and does not run."""

from clinicsite.core.printable import printable

#: A spreadsheet runs a cell that begins with one of these as a formula. Source: OWASP, CSV Injection.
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def as_words(text: str) -> str:
    """A text that no spreadsheet takes for a formula: an apostrophe before it says that it is words."""
    text = printable(text)
    return f"'{text}" if text.lstrip(" ").startswith(FORMULA_SIGNS) else text
