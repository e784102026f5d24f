"""What `compose()` does, by example."""

import pytest

from clinicsite.library.composition import (
    Action,
    Addition,
    ComposedSection,
    Lock,
    Override,
    Retired,
    Section,
    State,
    compose,
    has_effect,
)


def section(name, heading=None, lock=Lock.FREE):
    return Section(name, "overview", heading or f"Library {name}", [], lock)


def own(name, action=Action.REPLACE, trail=(), base=None, **fields):
    return Override(name, action, f"Our {name}", [], base or section(name), trail, **fields)


def dropped(name, *trail, **fields):
    return Retired(section(name, **fields), trail)


def by_section(*overrides):
    return {override.section_id: override for override in overrides}


def added(name, anchor="", *, is_before=False, trail=()):
    return Addition(section(name, f"Added {name}"), anchor, is_before, trail)


def headings(composed):
    return [one.heading for one in composed if one.is_shown]


def states(composed):
    return {one.id: one.state for one in composed}


LIBRARY = [section("a"), section("b"), section("c")]


def test_a_clinics_words_stand_where_the_librarys_stood():
    assert headings(compose(LIBRARY, by_section(own("b")))) == ["Library a", "Our b", "Library c"]


def test_a_hidden_section_is_known_to_the_editor_and_not_shown():
    composed = compose(LIBRARY, by_section(own("b", Action.HIDE)))
    assert headings(composed) == ["Library a", "Library c"]
    assert states(composed)["b"] is State.HIDDEN


WORDS, OURS = [{"type": "paragraph", "value": "Theirs."}], [{"type": "paragraph", "value": "Ours."}]
THEIRS = Section("b", "cost", "Fees", WORDS)
OLDER = Section("b", "cost", "Fees", [])


@pytest.mark.parametrize(
    ("override", "heading", "body", "state"),
    [
        (None, "Fees", WORDS, State.LIBRARY),
        (Override("b", Action.RETURN, "Prices", OURS, THEIRS), "Fees", WORDS, State.LIBRARY),
        (Override("b", Action.REPLACE, "Prices", OURS, THEIRS), "Prices", OURS, State.YOURS),
        (Override("b", Action.REPLACE, "Prices", OURS, OLDER), "Prices", OURS, State.YOURS_CHANGED),
        (Override("b", Action.HIDE, "Prices", OURS, THEIRS), "Fees", WORDS, State.HIDDEN),
        (Override("b", Action.HIDE, "Prices", OURS, OLDER), "Fees", WORDS, State.HIDDEN_CHANGED),
    ],
)
def test_a_section_is_composed_whole_with_the_librarys_beside_it(override, heading, body, state):
    overrides = {"b": override} if override else {}
    assert compose([THEIRS], overrides) == [ComposedSection("b", "cost", heading, body, state, THEIRS)]


@pytest.mark.parametrize(
    ("override", "heading", "body", "state"),
    [
        (None, "Fees", WORDS, State.RETIRED),
        (Override("b", Action.RETURN, "Prices", OURS, OLDER), "Fees", WORDS, State.RETIRED),
        (Override("b", Action.REPLACE, "Prices", OURS, OLDER), "Prices", OURS, State.RETIRED),
        (Override("b", Action.REPLACE, "Prices", OURS, OLDER, is_kept=True), "Prices", OURS, State.YOURS),
        (Override("b", Action.HIDE, "Prices", OURS, OLDER), "Fees", WORDS, State.HIDDEN),
    ],
)
def test_a_section_the_library_has_dropped_is_composed_whole_too(override, heading, body, state):
    overrides = {"b": override} if override else {}
    composed = compose([], overrides, retired=[Retired(THEIRS)])
    assert composed == [ComposedSection("b", "cost", heading, body, state, THEIRS)]


def test_a_locked_section_and_an_addition_are_composed_whole():
    locked = Section("b", "cost", "Fees", WORDS, Lock.LOCKED)
    mine = {"b": Override("b", Action.REPLACE, "Prices", OURS, OLDER)}
    addition = Addition(Section("x", "other", "Parking", OURS))
    assert compose([locked], mine, [addition]) == [
        ComposedSection("b", "cost", "Fees", WORDS, State.LOCKED, locked),
        ComposedSection("x", "other", "Parking", OURS, State.ADDED, None),
    ]


@pytest.mark.parametrize(
    ("action", "state"), [(Action.REPLACE, State.YOURS_CHANGED), (Action.HIDE, State.HIDDEN_CHANGED)]
)
def test_an_edit_of_the_library_is_told_and_changes_nothing(action, state):
    edited = [section("a"), section("b", "Library b, edited"), section("c")]
    before, after = (compose(library, by_section(own("b", action))) for library in (LIBRARY, edited))
    assert headings(before) == headings(after)
    assert states(after)["b"] is state


def test_a_new_lock_alone_is_not_a_changed_text():
    adapted = [section("a"), section("b", lock=Lock.ADAPT), section("c")]
    assert states(compose(adapted, by_section(own("b"))))["b"] is State.YOURS


def test_locking_a_section_sets_the_clinics_words_aside_and_unlocking_brings_them_back():
    locked = [section("a"), section("b", lock=Lock.LOCKED), section("c")]
    overrides = by_section(own("b"))
    assert headings(compose(locked, overrides)) == ["Library a", "Library b", "Library c"]
    assert headings(compose(LIBRARY, overrides)) == ["Library a", "Our b", "Library c"]


def test_a_retired_section_keeps_the_clinics_words_in_their_place():
    composed = compose([section("a"), section("c")], by_section(own("b", trail=("a",))))
    assert headings(composed) == ["Library a", "Our b", "Library c"]
    assert states(composed)["b"] is State.RETIRED


def test_several_retired_sections_keep_the_librarys_old_order():
    overrides = by_section(own("c", trail=("a", "b")), own("b", trail=("a",)))
    assert headings(compose([section("a"), section("d")], overrides)) == [
        "Library a",
        "Our b",
        "Our c",
        "Library d",
    ]


def test_a_retired_first_section_stays_first():
    assert headings(compose([section("b")], by_section(own("a")))) == ["Our a", "Library b"]


def test_a_hidden_section_that_the_library_retires_stays_hidden():
    composed = compose([section("a")], by_section(own("b", Action.HIDE, trail=("a",))))
    assert headings(composed) == ["Library a"]
    assert states(composed)["b"] is State.HIDDEN


def test_a_section_the_library_drops_stays_for_patients_until_the_clinic_answers():
    composed = compose([section("a"), section("c")], {}, retired=[dropped("b", "a")])
    assert headings(composed) == ["Library a", "Library b", "Library c"]
    assert states(composed)["b"] is State.RETIRED


def test_a_section_that_was_locked_is_gone_with_the_clinics_old_words_for_it():
    library, retired = [section("a"), section("c")], [dropped("b", "a", lock=Lock.LOCKED)]
    assert headings(compose(library, {}, retired=retired)) == ["Library a", "Library c"]
    assert headings(compose(library, by_section(own("b", trail=("a",))), retired=retired)) == [
        "Library a",
        "Library c",
    ]


def test_a_retired_section_that_the_clinic_keeps_is_its_own():
    kept = own("b", trail=("a",), is_kept=True)
    composed = compose([section("a")], by_section(kept), retired=[dropped("b", "a")])
    assert headings(composed) == ["Library a", "Our b"]
    assert states(composed)["b"] is State.YOURS


def test_a_retired_section_that_the_clinic_lets_go_is_shown_to_no_patient():
    gone = own("b", Action.HIDE, trail=("a",))
    composed = compose([section("a")], by_section(gone), retired=[dropped("b", "a")])
    assert headings(composed) == ["Library a"]
    assert states(composed)["b"] is State.HIDDEN


def test_a_section_the_library_brings_back_is_no_longer_retired():
    composed = compose(LIBRARY, {}, retired=[dropped("b", "a")])
    assert headings(composed) == ["Library a", "Library b", "Library c"]
    assert states(composed)["b"] is State.LIBRARY


def test_words_returned_to_the_library_wait_and_the_librarys_stand():
    composed = compose(LIBRARY, by_section(own("b", Action.RETURN)))
    assert headings(composed) == ["Library a", "Library b", "Library c"]
    assert states(composed)["b"] is State.LIBRARY


def test_a_returned_section_that_the_library_retires_shows_the_librarys_last_words():
    returned = own("b", Action.RETURN, trail=("a",))
    composed = compose([section("a")], by_section(returned), retired=[dropped("b", "a")])
    assert headings(composed) == ["Library a", "Library b"]
    assert states(composed)["b"] is State.RETIRED


@pytest.mark.parametrize("is_before", [True, False])
def test_an_addition_stays_beside_an_anchor_that_the_library_retires(is_before):
    composed = compose(
        [section("a"), section("c")],
        {},
        [added("x", "b", is_before=is_before, trail=("a",)), added("y", "a")],
        [dropped("b", "a")],
    )
    around = ["Added x", "Library b"] if is_before else ["Library b", "Added x"]
    assert headings(composed) == ["Library a", "Added y", *around, "Library c"]


def test_additions_stand_before_and_after_their_anchor_and_at_the_end():
    additions = [added("last"), added("after", "b"), added("before", "b", is_before=True)]
    expected = ["Library a", "Added before", "Library b", "Added after", "Library c", "Added last"]
    assert headings(compose(LIBRARY, {}, additions)) == expected


def test_an_addition_follows_its_anchor_when_the_library_moves_it():
    moved = [section("b"), section("a"), section("c")]
    expected = ["Library b", "Added x", "Library a", "Library c"]
    assert headings(compose(moved, {}, [added("x", "b")])) == expected


@pytest.mark.parametrize("is_before", [True, False])
def test_an_addition_whose_anchor_is_retired_goes_to_the_neighbour_before_it(is_before):
    addition = added("x", "b", is_before=is_before, trail=("a",))
    assert headings(compose([section("a"), section("c")], {}, [addition])) == [
        "Library a",
        "Added x",
        "Library c",
    ]


def test_an_addition_before_the_first_section_stays_at_the_top_when_that_goes():
    top = added("x", "gone", is_before=True)
    assert headings(compose(LIBRARY, {}, [top])) == ["Added x", "Library a", "Library b", "Library c"]
    # With an older one beside it: both stand where they were put, in the clinic's order.
    both = [top, added("y", "a", is_before=True), added("z", "gone too")]
    expected = ["Added x", "Added y", "Library a", "Library b", "Library c", "Added z"]
    assert headings(compose(LIBRARY, {}, both)) == expected
    assert headings(compose([], {}, [added("z"), top])) == ["Added x", "Added z"]


def test_an_addition_without_a_surviving_neighbour_goes_to_the_end():
    addition = added("x", "gone", trail=("gone-too",))
    assert headings(compose(LIBRARY, {}, [addition])) == ["Library a", "Library b", "Library c", "Added x"]


def test_a_retired_section_stands_after_the_nearest_of_what_stood_before_it():
    library = [section("a"), section("b"), section("d")]
    expected = ["Library a", "Library b", "Our c", "Library d"]
    assert headings(compose(library, by_section(own("c", trail=("a", "b"))))) == expected
    dropped_by_the_library = compose(library, {}, retired=[dropped("c", "a", "b")])
    assert headings(dropped_by_the_library) == ["Library a", "Library b", "Library c", "Library d"]


def test_an_addition_without_its_anchor_goes_to_the_nearest_of_what_stood_before_it():
    library = [section("a"), section("b"), section("d")]
    addition = added("x", "c", trail=("a", "b"))
    assert headings(compose(library, {}, [addition])) == ["Library a", "Library b", "Added x", "Library d"]


def test_a_wish_to_hide_has_no_effect_where_the_library_lets_no_clinic_hide():
    adapted = [section("a"), section("b", lock=Lock.ADAPT), section("c")]
    composed = compose(adapted, by_section(own("b", Action.HIDE)))
    assert headings(composed) == ["Library a", "Library b", "Library c"]
    assert states(composed)["b"] is State.LIBRARY


@pytest.mark.parametrize(
    ("lock", "in_effect"),
    [
        (Lock.FREE, {Action.REPLACE, Action.HIDE}),
        (Lock.ADAPT, {Action.REPLACE}),
        (Lock.LOCKED, set()),
    ],
)
def test_a_lock_decides_which_answers_of_a_clinic_have_an_effect(lock, in_effect):
    assert {action for action in Action if has_effect(own("b", action), lock)} == in_effect


def test_several_dropped_sections_keep_the_librarys_old_order_whatever_their_ids():
    retired = [dropped("b", "a", "z"), dropped("z", "a")]
    assert headings(compose([section("a"), section("m")], {}, retired=retired)) == [
        "Library a",
        "Library z",
        "Library b",
        "Library m",
    ]


def test_sections_that_stood_in_one_place_have_an_order_that_depends_on_no_row():
    one, two = own("b", trail=("a",)), own("c", trail=("a",))
    for overrides in (by_section(one, two), by_section(two, one)):
        assert headings(compose([section("a")], overrides)) == ["Library a", "Our b", "Our c"]


def test_a_kept_section_stands_over_the_librarys_last_words_for_it():
    last = Section("b", "aftercare", "The last words", [])
    kept = own("b", trail=("a",), base=section("b", "The words at first"), is_kept=True)
    composed = compose([section("a")], by_section(kept), retired=[Retired(last, ("a",))])
    assert (composed[1].library, composed[1].kind, composed[1].heading) == (last, "aftercare", "Our b")
