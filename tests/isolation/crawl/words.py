"""By what anything of the neighbour's is known, wherever it turns up."""

import re

#: Stands in whatever of the neighbour's patients may read on its own site.
OPEN = "quagmoor"
#: Stands in what only the neighbour's own people may read: drafts, messages, people, private files.
CLOSED = "hushwell"
#: Stands in what is the agency's, and for none of the clinics' people to read.
AGENCYS = "wexcombe"
#: Stands in everything of both clinics, so that something can be searched for without naming what is found.
COMMON = "thornfield"
#: The keys of what is made for the neighbour lie in this range: a block of them for each table.
KEYS = range(7_340_000, 7_400_000)
BLOCK = 100
#: What comes after it has keys from here on.
PAST_KEYS = 7_990_000
#: A key that nothing ever had, as long as the neighbour's are.
NEVER_GIVEN = 7_890_123

_KEY = re.compile(r"(?<![\w.-])73[4-9]\d{4}(?![\w])")


def keys_in(text: str) -> set[str]:
    """The neighbour's keys that a text names."""
    return set(_KEY.findall(text))


def words_in(text: str, words: tuple[str, ...]) -> set[str]:
    """Those of the words that a text has, in any letters."""
    lowered = text.lower()
    return {word for word in words if word in lowered}
