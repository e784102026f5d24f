"""The laws of design.md, section 5, on `compose()`: for any library, any overrides and any additions."""

from copy import deepcopy
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from clinicsite.library.composition import Action, Addition, Lock, Override, Section, State, compose

IDS = list("abcdef")
OWN_STATES = {State.YOURS, State.YOURS_CHANGED, State.RETIRED}
HIDDEN_STATES = {State.HIDDEN, State.HIDDEN_CHANGED}
LIBRARY_STATES = {State.LIBRARY, State.LOCKED}

words = st.sampled_from(["", "one", "two", "three"])
bodies = st.lists(st.fixed_dictionaries({"type": st.just("paragraph"), "value": words}), max_size=2)
trails = st.lists(st.sampled_from(IDS), unique=True).map(tuple)


def sections(ids):
    return st.builds(
        Section, ids, st.sampled_from(["overview", "risks"]), words, bodies, st.sampled_from(Lock)
    )


def own_texts(section_id):
    base = sections(st.just(section_id))
    return st.builds(Override, st.just(section_id), st.sampled_from(Action), words, bodies, base, trails)


libraries = st.lists(sections(st.sampled_from(IDS)), unique_by=lambda section: section.id)
overrides_by_id = st.lists(st.sampled_from(IDS).flatmap(own_texts), unique_by=lambda row: row.section_id).map(
    lambda rows: {row.section_id: row for row in rows}
)
addition_lists = st.lists(
    st.builds(
        Addition,
        sections(st.sampled_from(["x1", "x2", "x3", "x4"])),
        st.sampled_from(["", *IDS]),
        st.booleans(),
        trails,
    ),
    unique_by=lambda addition: addition.section.id,
)


def by_id(composed):
    return {section.id: section for section in composed}


def text_of(section):
    return section.kind, section.heading, section.body


def locks_of(library):
    return {section.id: section.lock for section in library}


def is_refused(override, library):
    """Whether the library's lock sets the override aside for now."""
    lock = locks_of(library).get(override.section_id)
    return lock is Lock.LOCKED or (lock is Lock.ADAPT and override.action is Action.HIDE)


def library_section_before(composed, section_id, library):
    """The id of the last of the library's sections that stands before this one, or None."""
    ids = [section.id for section in composed]
    here = locks_of(library)
    return next((other for other in reversed(ids[: ids.index(section_id)]) if other in here), None)


def last_survivor(trail, library):
    here = locks_of(library)
    return ([section_id for section_id in trail if section_id in here] or [None])[-1]


@given(libraries, overrides_by_id, addition_lists)
def test_every_section_override_and_addition_appears_exactly_once(library, overrides, additions):
    ids = [section.id for section in compose(library, overrides, additions)]
    expected = {*locks_of(library), *overrides, *(addition.section.id for addition in additions)}
    assert sorted(ids) == sorted(expected)


@given(libraries, overrides_by_id, addition_lists)
def test_no_library_edit_reorder_or_deletion_changes_what_the_clinic_wrote(library, overrides, additions):
    composed = by_id(compose(library, overrides, additions))
    for override in overrides.values():
        if not is_refused(override, library):
            shown = composed[override.section_id]
            is_replaced = override.action is Action.REPLACE
            assert shown.state in (OWN_STATES if is_replaced else HIDDEN_STATES)
            assert not is_replaced or (shown.heading, shown.body) == (override.heading, override.body)
    for addition in additions:
        shown = composed[addition.section.id]
        assert shown.state is State.ADDED
        assert text_of(shown) == text_of(addition.section)


@given(libraries, overrides_by_id, addition_lists)
def test_composing_leaves_its_inputs_alone_and_gives_the_same_twice(library, overrides, additions):
    before = deepcopy((library, overrides, additions))
    assert compose(library, overrides, additions) == compose(library, overrides, additions)
    assert (library, overrides, additions) == before


@given(libraries, overrides_by_id, addition_lists)
def test_the_order_of_the_override_rows_does_not_matter(library, overrides, additions):
    turned = dict(reversed(overrides.items()))
    assert compose(library, turned, additions) == compose(library, overrides, additions)


@given(libraries, overrides_by_id, addition_lists, st.sampled_from(IDS))
def test_returning_a_section_shows_the_librarys_text_at_once(library, overrides, additions, returned):
    rest = {section_id: row for section_id, row in overrides.items() if section_id != returned}
    before, after = by_id(compose(library, overrides, additions)), by_id(compose(library, rest, additions))
    live = {section.id: section for section in library}
    if returned in live:
        assert text_of(after[returned]) == text_of(live[returned])
        assert after[returned].state in LIBRARY_STATES
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


@given(libraries, overrides_by_id, addition_lists)
def test_the_order_is_the_librarys(library, overrides, additions):
    here = locks_of(library)
    composed = compose(library, overrides, additions)
    assert [section.id for section in composed if section.id in here] == list(here)


@given(libraries, overrides_by_id, addition_lists)
def test_an_addition_stands_beside_its_anchor(library, overrides, additions):
    here = locks_of(library)
    composed = compose(library, overrides, additions)
    for addition in additions:
        if addition.anchor in here:
            walk = list(reversed(composed)) if addition.is_before else composed
            neighbour = library_section_before(walk, addition.section.id, library)
            assert neighbour == addition.anchor


@given(libraries, overrides_by_id, addition_lists)
def test_an_addition_whose_anchor_has_gone_follows_its_nearest_surviving_neighbour(
    library, overrides, additions
):
    here = locks_of(library)
    composed = compose(library, overrides, additions)
    for addition in additions:
        if addition.anchor not in here:
            neighbour = last_survivor(addition.trail, library)
            expected = neighbour if neighbour is not None else (list(here) or [None])[-1]
            assert library_section_before(composed, addition.section.id, library) == expected


@given(libraries, overrides_by_id, addition_lists)
def test_a_section_the_library_has_retired_stays_after_its_nearest_surviving_neighbour(
    library, overrides, additions
):
    composed = compose(library, overrides, additions)
    for override in overrides.values():
        if override.section_id not in locks_of(library):
            neighbour = last_survivor(override.trail, library)
            assert library_section_before(composed, override.section_id, library) == neighbour


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
        if override is None or is_refused(override, library):
            continue
        unchanged = State.YOURS if override.action is Action.REPLACE else State.HIDDEN
        is_same = text_of(section) == text_of(override.base)
        assert composed[section.id].state is (unchanged if is_same else pairs[unchanged])


@given(libraries, overrides_by_id, addition_lists, st.randoms(use_true_random=False))
def test_reordering_the_library_changes_no_section(library, overrides, additions, random):
    shuffled = random.sample(library, len(library))
    assert by_id(compose(shuffled, overrides, additions)) == by_id(compose(library, overrides, additions))
