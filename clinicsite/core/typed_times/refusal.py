"""What is said of a writing that cannot be read for certain, and how a writing is made plain first."""

import unicodedata


class UnreadableError(ValueError):
    """A time or date that is not certain; the message is a sentence that says what to write."""


def plain(typed: str) -> str:
    """What was typed, in small letters, with single ordinary spaces and ordinary digits and signs."""
    return " ".join(unicodedata.normalize("NFKC", typed).lower().split())
