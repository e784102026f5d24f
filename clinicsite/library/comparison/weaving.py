"""Three versions of one paragraph, word by word. No Django here."""

from collections.abc import Sequence
from dataclasses import replace

from clinicsite.library.comparison import markup
from clinicsite.library.comparison.markup import Atom
from clinicsite.library.comparison.paragraphs import Line
from clinicsite.library.comparison.sequences import matching_runs


def weave(base: Sequence[Atom], theirs: Sequence[Atom], mine: Sequence[Atom]) -> list[Atom] | None:
    """One text with the changes of both, or None where they touch: no unchanged word lies between them."""
    in_theirs, in_mine = _anchors(base, theirs), _anchors(base, mine)
    stable = [index for index in in_theirs if index in in_mine and base[index].is_word]
    woven: list[Atom] = []
    start = (0, 0, 0)
    for index in [*stable, None]:
        end = (
            (len(base), len(theirs), len(mine))
            if index is None
            else (index, in_theirs[index], in_mine[index])
        )
        chosen = _choose(base[start[0] : end[0]], theirs[start[1] : end[1]], mine[start[2] : end[2]])
        if chosen is None:
            return None
        woven += chosen
        if index is not None:
            woven.append(_choose_word(base[index], theirs[end[1]], mine[end[2]]))
            start = (end[0] + 1, end[1] + 1, end[2] + 1)
    return woven


def _anchors(old: Sequence[Atom], new: Sequence[Atom]) -> dict[int, int]:
    """{index in old: index in new} of the words that stayed."""
    runs = matching_runs([atom.key for atom in old], [atom.key for atom in new])
    return {a + step: b + step for a, b, size in runs for step in range(size)}


def _choose(base: Sequence[Atom], theirs: Sequence[Atom], mine: Sequence[Atom]) -> Sequence[Atom] | None:
    keys = [[atom.key for atom in version] for version in (base, theirs, mine)]
    if keys[1] in (keys[0], keys[2]):
        return mine
    return theirs if keys[2] == keys[0] else None


def _choose_word(base: Atom, theirs: Atom, mine: Atom) -> Atom:
    """One word that all have; who changed the space before it changed it for both."""
    return theirs if mine == base else mine


def weave_line(base: Line, theirs: Line, mine: Line) -> Line | None:
    """Both changes in one line; None where they touch, or both made something else of the line."""
    if not (base.tag and theirs.tag and mine.tag):
        return None
    if base.form not in (theirs.form, mine.form) and theirs.form != mine.form:
        return None
    versions = [markup.rich_atoms(line.html) for line in (base, theirs, mine)]
    if None in versions:
        return None
    woven = weave(*(version for version in versions if version is not None))
    shape = theirs if mine.form == base.form else mine
    return None if woven is None else replace(shape, html=markup.html_of(woven))
