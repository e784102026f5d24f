"""Laws of the comparison, whatever library and clinic have written."""

from hypothesis import strategies as st

from clinicsite.library.comparison.merging import merge
from clinicsite.library.comparison.orders import in_order, moved
from clinicsite.library.comparison.reader import Reader
from clinicsite.library.comparison.sequences import Entry, Thread, match, threads
from clinicsite.library.comparison.showing import WordChange, compare
from clinicsite.library.comparison.summary import summary
from clinicsite.library.comparison.values import same
from clinicsite.library.equality import body_meaning
from tests.library.bodies import BODIES, THREE_BODIES, for_all

ENTRIES = st.lists(
    st.builds(
        lambda ident, kind, word: Entry(ident, kind, word, frozenset([word])),
        st.sampled_from(["", "", "1", "2", "3", "4"]),
        st.sampled_from("ab"),
        st.sampled_from("pqrs"),
    ),
    max_size=8,
)


def contents(bodies):
    reader = Reader()
    return [reader.content("", body) for body in bodies]


def lines_shown(cell, kept):
    """The lines of a cell without what is marked otherwise, in no particular order."""
    lines = ("".join(run.words for run in line.runs if run.change in kept) for line in cell.lines)
    return sorted(filter(None, ("".join(line.split()) for line in lines)))


@for_all(THREE_BODIES)
def test_without_what_was_added_each_side_shows_what_there_was(bodies):
    old = (WordChange.SAME, WordChange.REMOVED, WordChange.REFORMATTED)
    for row in compare(*contents(bodies)):
        if row.base is not None and row.library is not None:
            assert lines_shown(row.library, old) == lines_shown(row.base, old)


@for_all(BODIES)
def test_what_nobody_changed_is_shown_as_unchanged(body):
    assert all(row.is_same for row in compare(*contents([body] * 3)))


@for_all(THREE_BODIES)
def test_something_is_marked_if_and_only_if_the_words_changed(bodies):
    rows = compare(*contents(bodies))
    is_marked = any(row.library is not None and row.library.has_changed for row in rows)
    assert is_marked == (body_meaning(bodies[0]) != body_meaning(bodies[1]))


@for_all(BODIES, BODIES)
def test_two_values_are_the_same_if_and_only_if_they_have_the_same_meaning(one, other):
    left, right = contents([one, other])
    assert same(left.body, right.body) == (body_meaning(one) == body_meaning(other))


@for_all(THREE_BODIES)
def test_every_comparison_has_its_sentence(bodies):
    versions = contents(bodies)
    assert summary(compare(*versions), merge(*versions)).endswith(".")


@for_all(ENTRIES, ENTRIES)
def test_nothing_is_matched_twice_or_with_another_kind(old, new):
    pairs = match(old, new)
    assert len(set(pairs.values())) == len(pairs)
    assert all(old[a].kind == new[b].kind for b, a in pairs.items())


@for_all(ENTRIES, ENTRIES, ENTRIES)
def test_every_member_of_every_version_is_in_exactly_one_thread(base, theirs, mine):
    found = threads(base, theirs, mine)
    for side, entries in (("base", base), ("library", theirs), ("own", mine)):
        places = [getattr(thread, side) for thread in found if getattr(thread, side) is not None]
        assert sorted(places) == list(range(len(entries)))
    assert sorted(map(repr, in_order(found))) == sorted(map(repr, found))


@for_all(st.permutations(range(7)))
def test_where_one_side_kept_the_order_the_other_sides_order_counts(order):
    found = [Thread(place, order.index(place), place) for place in range(7)]
    assert [thread.base for thread in in_order(found)] == list(order)
    mirrored = [Thread(place, place, order.index(place)) for place in range(7)]
    assert [thread.base for thread in in_order(mirrored)] == list(order)


@for_all(st.permutations(range(6)))
def test_the_rest_is_in_rising_order_once_the_moved_are_taken_out(order):
    left = [number for number in order if number not in moved(order)]
    assert left == sorted(left)
