"""Texts word by word: what became of the words of one, and one out of three versions. No Django here."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from clinicsite.library import markup
from clinicsite.library.comparison.paragraphs import Line
from clinicsite.library.comparison.sequences import alike, matching_runs
from clinicsite.library.markup import Atom

#: With fewer words in common, two texts are shown one after the other rather than word by word.
_READABLE = 0.3
_FORMATS = {"b": "bold", "strong": "bold", "i": "italic", "em": "italic", "a": "link"}


class WordChange(StrEnum):
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
    change: WordChange = WordChange.SAME
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
        return Run(said, WordChange.ADDED if old is None else WordChange.REMOVED, "", formats)
    note = "" if old.tags == new.tags else _format_note(old, new)
    return Run(said, WordChange.REFORMATTED if note else WordChange.SAME, note, formats)


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


def weave(base: Sequence[Atom], library: Sequence[Atom], own: Sequence[Atom]) -> list[Atom] | None:
    """One text with the changes of both, or None where they touch: no unchanged word lies between them."""
    in_library, in_own = _anchors(base, library), _anchors(base, own)
    stable = [index for index in in_library if index in in_own and base[index].is_word]
    woven: list[Atom] = []
    start = (0, 0, 0)
    for index in [*stable, None]:
        end = (
            (len(base), len(library), len(own))
            if index is None
            else (index, in_library[index], in_own[index])
        )
        chosen = _choose(base[start[0] : end[0]], library[start[1] : end[1]], own[start[2] : end[2]])
        if chosen is None:
            return None
        woven += chosen
        if index is not None:
            woven.append(_choose_word(base[index], library[end[1]], own[end[2]]))
            start = (end[0] + 1, end[1] + 1, end[2] + 1)
    return woven


def _anchors(old: Sequence[Atom], new: Sequence[Atom]) -> dict[int, int]:
    """{index in old: index in new} of the words that stayed."""
    runs = matching_runs([atom.key for atom in old], [atom.key for atom in new])
    return {a + step: b + step for a, b, size in runs for step in range(size)}


def _choose(base: Sequence[Atom], library: Sequence[Atom], own: Sequence[Atom]) -> Sequence[Atom] | None:
    keys = [[atom.key for atom in version] for version in (base, library, own)]
    if keys[1] in (keys[0], keys[2]):
        return own
    return library if keys[2] == keys[0] else None


def _choose_word(base: Atom, library: Atom, own: Atom) -> Atom:
    """One word that all have; who changed the space before it changed it for both."""
    return library if own == base else own


def weave_line(base: Line, library: Line, own: Line) -> Line | None:
    """Both changes in one line; None where they touch, or both made something else of the line."""
    if not (base.tag and library.tag and own.tag):
        return None
    if base.form not in (library.form, own.form) and library.form != own.form:
        return None
    versions = [markup.rich_atoms(line.html) for line in (base, library, own)]
    if None in versions:
        return None
    woven = weave(*(version for version in versions if version is not None))
    shape = library if own.form == base.form else own
    return None if woven is None else replace(shape, html=markup.html_of(woven))
