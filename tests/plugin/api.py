"""What docs/reference/python-api.md promises, as the tests read it."""

import re
from pathlib import Path

PAGE = (Path(__file__).resolve().parents[2] / "docs/reference/python-api.md").read_text(encoding="utf-8")


def part(heading):
    """The text under a heading of any level, up to the next of the same or a higher one."""
    level, rest = re.search(rf"^(##+) {heading}\n(.*)", PAGE, re.MULTILINE | re.DOTALL).groups()
    return re.split(rf"^#{{2,{len(level)}}} ", rest, maxsplit=1, flags=re.MULTILINE)[0]


def arguments_of(signal):
    """The documented arguments of a signal."""
    return set(re.findall(r"^\| `(\w+)` \|", part(signal).split("| word |")[0], re.MULTILINE))


def names_in(heading):
    """(dotted name, its parameters or None, since) of each row that has a "since"."""
    rows = re.findall(r"^\| `([\w.]+)(\([\w, ]*\))?` \| (\d+\.\d+) \|", part(heading), re.MULTILINE)
    return [(name, found and re.findall(r"\w+", found), since) for name, found, since in rows]
