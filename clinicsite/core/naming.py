"""Names beside those that are taken."""

from collections.abc import Collection
from itertools import count


def first_free(wanted: str, taken: Collection[str], numbered: str = "{} ({})") -> str:
    """The name that is wanted, or the first with a number from 2 that nobody has: "Editors (2)".

    Args:
        wanted: The name without a number.
        taken: The names there are; any that begin otherwise do no harm.
        numbered: How a name and its number are put together.
    """
    candidates = (numbered.format(wanted, number) for number in count(2))
    return wanted if wanted not in taken else next(name for name in candidates if name not in taken)
