"""Texts where there is less room than they need."""

ELLIPSIS = "…"


def cut_at_a_word(text: str, room: int) -> str:
    """A text of at most `room` characters: whole, or cut after a word, with an ellipsis that counts too.

    White space counts as one space, as a browser shows it. One word that is longer than the room is cut
    within: nothing else would be left of the text.
    """
    words = " ".join(text.split())
    if len(words) <= room:
        return words
    kept, _, broken = words[:room].rpartition(" ")
    return f"{(kept or broken[: room - 1]).rstrip(' ,;:.–-')}{ELLIPSIS}"
