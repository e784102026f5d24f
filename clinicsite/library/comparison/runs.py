"""What became of the words of one text, in stretches about which the same is to be said. No Django here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from clinicsite.library.comparison import markup
from clinicsite.library.comparison.markup import Atom
from clinicsite.library.comparison.sequences import alike, matching_runs

#: With fewer words in common, two texts are shown one after the other rather than word by word.
_READABLE = 0.3
_FORMATS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "a": "link"}


class Change(StrEnum):
    """What became of some words since the version before."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"
    REFORMATTED = "reformatted"


@dataclass(frozen=True)
class Run:
    """Some words with one thing to say about them. `note` says what was reformatted."""

    words: str
    change: Change = Change.SAME
    note: str = ""
    formats: tuple[str, ...] = ()


def runs_of(old: Sequence[Atom], new: Sequence[Atom]) -> list[Run]:
    """What became of the words of one text: the same stretch of words and marks is one run."""
    if alike(_word_set(old), _word_set(new)) < _READABLE:
        pairs = [*((atom, None) for atom in old), *((None, atom) for atom in new)]
    else:
        pairs = list(_pairs(old, new))
    return _joined(_run(was, now) for was, now in pairs)


def _word_set(atoms: Sequence[Atom]) -> frozenset[str]:
    return frozenset(atom.shown.casefold() for atom in atoms if atom.is_word)


def _pairs(old: Sequence[Atom], new: Sequence[Atom]) -> Iterator[tuple[Atom | None, Atom | None]]:
    """Each word with itself in the other version, in reading order: removed ones before added ones."""
    at_old, at_new = 0, 0
    runs = matching_runs([atom.shown for atom in old], [atom.shown for atom in new])
    for start_old, start_new, size in [*runs, (len(old), len(new), 0)]:
        yield from ((atom, None) for atom in old[at_old:start_old])
        yield from ((None, atom) for atom in new[at_new:start_new])
        at_old, at_new = start_old + size, start_new + size
        yield from zip(old[start_old:at_old], new[start_new:at_new], strict=True)


def _run(old: Atom | None, new: Atom | None) -> Run:
    atom = new or old
    assert atom is not None
    # What stood between two words is shown even where the words before have gone.
    space = atom.space or (old and old.space)
    said = (space.raw if space else "") + atom.shown
    formats = tuple(sorted(_formats(atom)))
    if old is None or new is None:
        return Run(said, Change.ADDED if old is None else Change.REMOVED, "", formats)
    note = "" if old.tags == new.tags else _format_note(old, new)
    return Run(said, Change.REFORMATTED if note else Change.SAME, note, formats)


def _formats(atom: Atom) -> dict[str, str]:
    """{what it looks like: the tag that says so}."""
    return {_FORMATS.get(markup.name_of(tag), markup.name_of(tag)): tag for tag in atom.tags}


def _format_note(old: Atom, new: Atom) -> str:
    was, now = _formats(old), _formats(new)
    notes = [f"now {_named(name)}" for name in now if name not in was]
    notes += [f"no longer {_named(name)}" for name in was if name not in now]
    if "link" in was and "link" in now and was["link"] != now["link"]:
        notes.append("the link leads elsewhere")
    return ", ".join(notes)


def _named(name: str) -> str:
    return "a link" if name == "link" else name


def _joined(runs: Iterable[Run]) -> list[Run]:
    """Neighbours about which the same is said, as one."""
    joined: list[Run] = []
    for run in runs:
        if joined and replace(joined[-1], words="") == replace(run, words=""):
            joined[-1] = replace(run, words=joined[-1].words + run.words)
        else:
            joined.append(run)
    return joined
