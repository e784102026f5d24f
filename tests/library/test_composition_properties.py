"""The laws of docs/reference/composition.md on `compose()`: for any library, any overrides, any additions."""

from copy import deepcopy
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from clinicsite.library.composition import (
    Action,
    Addition,
    Lock,
    Section,
    State,
    compose,
)
from tests.library.strategies import (
    IDS,
    addition_lists,
    libraries,
    overrides_by_id,
    retired_lists,
    trails,
)

LIBRARY_STATES = {State.LIBRARY, State.LOCKED}


def by_id(composed):
    return {section.id: section for section in composed}


def text_of(section):
    return section.kind, section.heading, section.body


def locks_of(library):
    return {section.id: section.lock for section in library}


def locks_in_force(library, retired):
    """{section id: lock}, of the sections the library has dropped too."""
    return locks_of(one.section for one in retired) | locks_of(library)


def is_refused(override, library, retired):
    """Whether the clinic or the library's lock sets the override aside for now."""
    lock = locks_in_force(library, retired).get(override.section_id)
    is_hiding_what_stays = override.action is Action.HIDE and lock is Lock.ADAPT
    is_here = override.section_id in locks_of(library)
    return override.action is Action.RETURN or lock is Lock.LOCKED or (is_here and is_hiding_what_stays)


def is_withdrawn(section_id, library, retired):
    """Whether the library has dropped a section that was locked."""
    return (
        section_id not in locks_of(library)
        and locks_in_force(library, retired).get(section_id) is Lock.LOCKED
    )


def ids_on_the_page(library, overrides, retired):
    """The ids of the library's sections that the page must have, dropped ones included."""
    in_effect = {one.section_id for one in overrides.values() if not is_refused(one, library, retired)}
    left = {one.section.id for one in retired if not is_withdrawn(one.section.id, library, retired)}
    return {*locks_of(library), *in_effect, *left}


def section_before(composed, section_id, here):
    """The id of the last of the sections `here` that stands before this one, or None."""
    ids = [section.id for section in composed]
    return next((other for other in reversed(ids[: ids.index(section_id)]) if other in here), None)


def last_survivor(trail, here):
    return ([section_id for section_id in trail if section_id in here] or [None])[-1]


@given(libraries, overrides_by_id, addition_lists, retired_lists)
def test_every_section_override_in_effect_and_addition_appears_exactly_once(
    library, overrides, additions, retired
):
    ids = [section.id for section in compose(library, overrides, additions, retired)]
    expected = [*ids_on_the_page(library, overrides, retired), *(one.section.id for one in additions)]
    assert sorted(ids) == sorted(expected)


@given(libraries, overrides_by_id, addition_lists, retired_lists)
def test_no_library_edit_reorder_or_deletion_changes_what_the_clinic_wrote(
    library, overrides, additions, retired
):
    composed = by_id(compose(library, overrides, additions, retired))
    for override in overrides.values():
        if not is_refused(override, library, retired):
            shown = composed[override.section_id]
            is_replaced = override.action is Action.REPLACE
            assert shown.is_shown is is_replaced
            assert not is_replaced or (shown.heading, shown.body) == (override.heading, override.body)
    for addition in additions:
        shown = composed[addition.section.id]
        assert shown.state is State.ADDED
        assert text_of(shown) == text_of(addition.section)


@given(libraries, overrides_by_id, addition_lists, retired_lists)
def test_composing_leaves_its_inputs_alone_and_gives_the_same_twice(library, overrides, additions, retired):
    before = deepcopy((library, overrides, additions, retired))
    first = compose(library, overrides, additions, retired)
    assert compose(library, overrides, additions, retired) == first
    assert (library, overrides, additions, retired) == before


@given(libraries, overrides_by_id, addition_lists, retired_lists)
def test_the_order_of_the_override_rows_does_not_matter(library, overrides, additions, retired):
    turned = dict(reversed(overrides.items()))
    assert compose(library, turned, additions, retired) == compose(library, overrides, additions, retired)


@given(libraries, overrides_by_id, addition_lists, retired_lists, st.sampled_from(IDS))
def test_returning_a_section_reads_as_if_the_clinic_had_never_had_its_own(
    library, overrides, additions, retired, returned
):
    rest = {section_id: row for section_id, row in overrides.items() if section_id != returned}
    if returned in overrides:
        returning = overrides | {returned: replace(overrides[returned], action=Action.RETURN)}
        assert compose(library, returning, additions, retired) == compose(library, rest, additions, retired)


@given(libraries, overrides_by_id, addition_lists, retired_lists, st.sampled_from(IDS))
def test_returning_a_section_shows_the_librarys_text_at_once_and_changes_no_other(
    library, overrides, additions, retired, returned
):
    rest = {section_id: row for section_id, row in overrides.items() if section_id != returned}
    before = by_id(compose(library, overrides, additions, retired))
    after = by_id(compose(library, rest, additions, retired))
    last = {one.section.id: one.section for one in retired if one.section.lock is not Lock.LOCKED}
    live = {section.id: section for section in library}
    if returned in live or (returned in last and returned not in live):
        assert text_of(after[returned]) == text_of((last | live)[returned])
        expected = LIBRARY_STATES if returned in live else {State.RETIRED}
        assert after[returned].state in expected
    else:
        assert returned not in after
    others = after.keys() - {returned}
    assert {other: after[other] for other in others} == {other: before[other] for other in others}


@given(libraries)
def test_a_follower_with_nothing_of_its_own_equals_the_library_page(library):
    composed = compose(library, {})
    assert [section.id for section in composed] == [section.id for section in library]
    assert [text_of(section) for section in composed] == [text_of(section) for section in library]
    assert all(section.is_shown and section.state in LIBRARY_STATES for section in composed)


@given(libraries, overrides_by_id, addition_lists, retired_lists)
def test_the_order_is_the_librarys(library, overrides, additions, retired):
    here = locks_of(library)
    composed = compose(library, overrides, additions, retired)
    assert [section.id for section in composed if section.id in here] == list(here)


@given(libraries, overrides_by_id, addition_lists, retired_lists)
def test_an_addition_stands_beside_its_anchor_even_a_retired_one(library, overrides, additions, retired):
    here = ids_on_the_page(library, overrides, retired)
    composed = compose(library, overrides, additions, retired)
    for addition in additions:
        if addition.anchor in here:
            walk = list(reversed(composed)) if addition.is_before else composed
            assert section_before(walk, addition.section.id, here) == addition.anchor


@given(libraries, overrides_by_id, addition_lists, retired_lists)
def test_an_addition_whose_anchor_has_gone_follows_its_nearest_surviving_neighbour(
    library, overrides, additions, retired
):
    here = ids_on_the_page(library, overrides, retired)
    composed = compose(library, overrides, additions, retired)
    last = next((section.id for section in reversed(composed) if section.id in here), None)
    for addition in additions:
        if addition.anchor not in here:
            neighbour = last_survivor(addition.trail, here)
            is_top = addition.is_before and addition.anchor and not addition.trail
            expected = last if neighbour is None and not is_top else neighbour
            assert section_before(composed, addition.section.id, here) == expected


@given(libraries, overrides_by_id, addition_lists, retired_lists)
def test_a_section_the_library_has_retired_stays_after_its_nearest_surviving_neighbour(
    library, overrides, additions, retired
):
    here = locks_of(library)
    composed = compose(library, overrides, additions, retired)
    trails_of_gone = {one.section_id: one.trail for one in overrides.values()}
    trails_of_gone |= {one.section.id: one.trail for one in retired}
    for section_id in ids_on_the_page(library, overrides, retired) - here.keys():
        neighbour = last_survivor(trails_of_gone[section_id], here)
        assert section_before(composed, section_id, here) == neighbour


@given(libraries, overrides_by_id, addition_lists, retired_lists)
def test_a_section_the_library_has_dropped_is_the_clinics_to_answer(library, overrides, additions, retired):
    composed = by_id(compose(library, overrides, additions, retired))
    for section_id in ids_on_the_page(library, overrides, retired) - locks_of(library).keys():
        override = overrides.get(section_id)
        if override is None or override.action is Action.RETURN:
            assert composed[section_id].state is State.RETIRED
        elif override.action is Action.HIDE:
            assert composed[section_id].state is State.HIDDEN
        else:
            assert composed[section_id].state is (State.YOURS if override.is_kept else State.RETIRED)


@given(libraries, overrides_by_id, addition_lists, retired_lists)
def test_a_section_that_was_locked_when_the_library_dropped_it_is_gone_everywhere(
    library, overrides, additions, retired
):
    composed = by_id(compose(library, overrides, additions, retired))
    assert not [one for one in composed if is_withdrawn(one, library, retired)]


@given(libraries, overrides_by_id, st.sampled_from(["", *IDS]), st.booleans(), trails)
def test_additions_at_one_place_keep_the_clinics_order(library, overrides, anchor, is_before, trail):
    names = ["x1", "x2", "x3"]
    additions = [Addition(Section(name, "other", name, []), anchor, is_before, trail) for name in names]
    composed = compose(library, overrides, additions)
    assert [section.id for section in composed if section.id in names] == names


@given(libraries, overrides_by_id, addition_lists)
def test_a_locked_section_is_always_the_librarys(library, overrides, additions):
    composed = by_id(compose(library, overrides, additions))
    for section in library:
        if section.lock is Lock.LOCKED:
            assert text_of(composed[section.id]) == text_of(section)
            assert composed[section.id].state is State.LOCKED
            assert composed[section.id].is_shown


@given(libraries, overrides_by_id, addition_lists)
def test_hiding_is_refused_where_a_clinic_may_only_adapt(library, overrides, additions):
    hides = {section_id: replace(row, action=Action.HIDE) for section_id, row in overrides.items()}
    composed = by_id(compose(library, hides, additions))
    for section in library:
        if section.lock is Lock.ADAPT:
            assert composed[section.id].state is State.LIBRARY
            assert text_of(composed[section.id]) == text_of(section)


@given(libraries, overrides_by_id, addition_lists)
def test_the_library_has_changed_exactly_where_its_words_differ_from_the_base(library, overrides, additions):
    composed = by_id(compose(library, overrides, additions))
    pairs = {State.YOURS: State.YOURS_CHANGED, State.HIDDEN: State.HIDDEN_CHANGED}
    for section in library:
        override = overrides.get(section.id)
        if override is None or is_refused(override, library, ()):
            continue
        unchanged = State.YOURS if override.action is Action.REPLACE else State.HIDDEN
        is_same = text_of(section) == text_of(override.base)
        assert composed[section.id].state is (unchanged if is_same else pairs[unchanged])


@given(libraries, overrides_by_id, addition_lists, st.randoms(use_true_random=False))
def test_reordering_the_library_changes_no_section(library, overrides, additions, random):
    shuffled = random.sample(library, len(library))
    assert by_id(compose(shuffled, overrides, additions)) == by_id(compose(library, overrides, additions))
