"""The comparison in one plain sentence. No Django here."""

from collections import Counter
from collections.abc import Iterable, Sequence

from clinicsite.library.comparison.merging import Merged
from clinicsite.library.comparison.showing import ComparedCell, ComparedRow
from clinicsite.library.comparison.word_by_word import WordChange

_VERBS = ("changed", "added", "removed", "moved", "reformatted")
_NEW_LINK = "now a link"


def summary(rows: Sequence[ComparedRow], merged: Merged, clinic: str = "You") -> str:
    """What the library did, what the clinic did, and whether the merge is ready."""
    sentences = [
        _sentence("The library", [row.library for row in rows]),
        _sentence(clinic, [row.own for row in rows]),
        _verdict(merged),
    ]
    return " ".join(sentences)


def library_summary(rows: Sequence[ComparedRow]) -> str:
    """What the library did, where the clinic has no words of its own."""
    return _sentence("The library", [row.library for row in rows])


def _verdict(merged: Merged) -> str:
    count = len(merged.conflicts)
    if count:
        return f"{count} place needs your decision." if count == 1 else f"{count} places need your decision."
    if merged.woven:
        many = len(merged.woven)
        where = "1 text holds words of both" if many == 1 else f"{many} texts hold words of both"
        return f"Nothing overlaps: the merge is ready. {where}: read it once more."
    return "Nothing overlaps: the merge is ready."


def _sentence(who: str, cells: Iterable[ComparedCell | None]) -> str:
    counts: Counter = Counter()
    for cell in cells:
        if cell is not None:
            counts.update(_deeds(cell))
    said = [clause for clause in (_clause(verb, counts) for verb in _VERBS) if clause]
    return f"{who} {_listed(said)}." if said else f"{who} changed nothing in these words."


def _clause(verb: str, counts: Counter) -> str:
    things = [_counted(number, noun) for (done, noun), number in counts.items() if done == verb]
    return f"{verb} {_listed(things)}" if things else ""


def _deeds(cell: ComparedCell) -> Counter:
    """What was done to one thing: {(verb, noun): how often}."""
    deeds: Counter = Counter({("moved", cell.noun): 1} if cell.is_moved else {})
    if cell.is_new or cell.is_gone:
        deeds["added" if cell.is_new else "removed", cell.noun] = 1
        return deeds
    kinds = {WordChange.CHANGED if line.is_moved else line.change for line in cell.lines} - {WordChange.SAME}
    if kinds == {WordChange.REFORMATTED}:
        deeds += _reformatting(cell)
    elif kinds:
        deeds["changed", cell.noun] = 1
    return deeds


def _reformatting(cell: ComparedCell) -> Counter:
    """A link put on words that stayed is worth saying; any other markup is just that."""
    runs = [run for line in cell.lines for run in line.runs if run.change is WordChange.REFORMATTED]
    if runs and all(run.note == _NEW_LINK for run in runs) and not any(line.note for line in cell.lines):
        return Counter({("added", "link"): len(runs)})
    return Counter({("reformatted", cell.noun): 1})


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _listed(words: Sequence[str]) -> str:
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last
