"""A title set in lines: as large as it fits, and no line much shorter than the others. No Django here."""

from collections.abc import Callable, Sequence

#: The width of a text in one size.
Measure = Callable[[str], float]

ELLIPSIS = "…"


def fitted(
    text: str, sizes: Sequence[int], measure_at: Callable[[int], Measure], width: float, most_lines: int
) -> tuple[int, list[str]]:
    """The largest of `sizes` at which a text fits, and its lines.

    `sizes` run from large to small; `measure_at` gives the measure of a size; `width` is that of the longest
    line there may be. A text too long even for the smallest size is cut, and says so with an ellipsis.
    """
    for size in sizes:
        lines = wrapped(text, measure_at(size), width)
        if len(lines) <= most_lines and all(measure_at(size)(line) <= width for line in lines):
            return size, balanced(text, measure_at(size), width)
    return sizes[-1], _cut(
        wrapped(text, measure_at(sizes[-1]), width), measure_at(sizes[-1]), width, most_lines
    )


def wrapped(text: str, measure: Measure, width: float) -> list[str]:
    """The lines of a text, each filled as far as it goes; a single word may be wider."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def balanced(text: str, measure: Measure, width: float) -> list[str]:
    """The same number of lines as `wrapped` gives, in the narrowest measure that holds them."""
    most = len(wrapped(text, measure, width))
    low, high = 0.0, width
    while high - low > 1:
        middle = (low + high) / 2
        lines = wrapped(text, measure, middle)
        if len(lines) <= most and all(measure(line) <= middle for line in lines):
            high = middle
        else:
            low = middle
    return wrapped(text, measure, high)


def _cut(lines, measure, width, most_lines):
    kept = [shortened(line, measure, width) for line in lines[:most_lines]]
    if len(lines) > most_lines and kept:
        kept[-1] = shortened(f"{lines[most_lines - 1]}{ELLIPSIS}", measure, width)
    return kept


def shortened(text: str, measure: Measure, width: float) -> str:
    """The text on one line; where it is too wide, its beginning with an ellipsis."""
    if measure(text) <= width:
        return text
    words = text.rstrip(ELLIPSIS)
    while words and measure(words.rstrip(" ,;:.–-") + ELLIPSIS) > width:
        words = words[:-1]
    return words.rstrip(" ,;:.–-") + ELLIPSIS
