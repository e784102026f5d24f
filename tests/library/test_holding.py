"""The laws of a held page: what it reads, what waits for its clinic, and what approving does."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicsite.library.composition import Lock, Section
from clinicsite.library.holding import (
    LibraryChange,
    WaitingChange,
    accept,
    held_sections,
    waiting_changes,
    with_locks,
)
from tests.library.strategies import IDS, libraries

own_ids = st.sets(st.sampled_from(IDS))


def section(name, words="Library", lock=Lock.FREE):
    return Section(name, "overview", f"{words} {name}", [], lock)


def reading(sections):
    """What a patient reads of sections, in order; a lock is no part of it."""
    return [(one.id, one.kind, one.heading, one.body) for one in sections]


def waiting_ids(accepted, live, own=()):
    return [one.section_id for one in waiting_changes(accepted, live, own)]


def changes(accepted, live, own=()):
    return {one.section_id: one.change for one in waiting_changes(accepted, live, own)}


def approve_each(accepted, live, section_ids):
    for section_id in section_ids:
        accepted = accept(accepted, live, section_id)
    return accepted


#: In short examples a capital letter names a locked section.
LOCKS = (Lock.FREE, Lock.LOCKED)
ACCEPTED = [section("a"), section("b"), section("c")]


def test_a_held_page_reads_as_it_was_accepted():
    live = [section("c"), section("new"), section("a", "Newer")]
    assert reading(held_sections(ACCEPTED, live)) == reading(ACCEPTED)


def test_each_change_of_the_library_waits_by_its_name():
    live = [section("b"), section("a"), section("new"), section("c", "Newer")]
    assert changes(ACCEPTED, live) == {
        "a": LibraryChange.MOVED,
        "new": LibraryChange.NEW,
        "c": LibraryChange.CHANGED,
    }
    assert changes(ACCEPTED, [section("a"), section("c")]) == {"b": LibraryChange.DROPPED}


def test_a_held_section_has_the_lock_and_the_reason_that_the_library_gives_it_today():
    accepted = [replace(section("a", "Older", Lock.LOCKED), lock_reason="Long ago.")]
    live = [replace(section("a", "Newer", Lock.ADAPT), lock_reason="Agreed by all.")]
    assert held_sections(accepted, live) == [
        Section("a", "overview", "Older a", [], Lock.ADAPT, "Agreed by all.")
    ]


def test_what_waits_says_what_was_accepted_and_what_is_live():
    live = [section("b"), section("a"), section("new"), section("d", "Newer")]
    accepted = [*ACCEPTED, section("d")]
    assert waiting_changes(accepted, live) == [
        WaitingChange(LibraryChange.MOVED, section("a"), section("a")),
        WaitingChange(LibraryChange.NEW, None, section("new")),
        WaitingChange(LibraryChange.CHANGED, section("d"), section("d", "Newer")),
        WaitingChange(LibraryChange.DROPPED, section("c"), None),
    ]


def test_a_new_locked_section_comes_live_behind_the_section_before_it():
    live = [section("a"), section("urgent", lock=Lock.LOCKED), section("b"), section("c")]
    assert [one.id for one in held_sections(ACCEPTED, live)] == ["a", "urgent", "b", "c"]
    assert not waiting_changes(ACCEPTED, live)


def test_a_locked_section_that_the_library_drops_is_gone_at_once():
    accepted = [section("a"), section("risks", lock=Lock.LOCKED)]
    assert [one.id for one in held_sections(accepted, [section("a")])] == ["a"]
    assert not waiting_changes(accepted, [section("a")])


def test_the_lock_a_section_had_when_it_was_dropped_counts_not_the_one_it_was_accepted_with():
    locked_since = with_locks(ACCEPTED, [section("b", lock=Lock.LOCKED)])
    assert [one.id for one in held_sections(locked_since, [section("a"), section("c")])] == ["a", "c"]
    accepted = [section("a"), section("b", lock=Lock.LOCKED)]
    freed_since = with_locks(accepted, [section("b")])
    assert [one.id for one in held_sections(freed_since, [section("a")])] == ["a", "b"]
    assert changes(freed_since, [section("a")]) == {"b": LibraryChange.DROPPED}


def test_a_section_the_clinic_has_its_own_version_of_is_compared_with_the_live_one():
    live = [section("a"), section("b", "Newer"), section("c")]
    assert held_sections(ACCEPTED, live, {"b"})[1].heading == "Newer b"
    assert not waiting_changes(ACCEPTED, live, {"b"})


def test_a_locked_section_stays_where_it_is_when_what_stands_before_it_is_dropped():
    risks = section("risks", lock=Lock.LOCKED)
    accepted = [section("a"), section("b"), risks, section("c")]
    assert [one.id for one in held_sections(accepted, [section("a"), risks])] == ["a", "b", "risks", "c"]


def test_a_locked_section_that_the_library_moves_moves_at_once():
    risks = section("risks", lock=Lock.LOCKED)
    assert held_sections([*ACCEPTED, risks], [risks, *ACCEPTED]) == [risks, *ACCEPTED]


def test_one_section_the_library_moved_to_the_top_is_the_one_that_waits():
    live = [section("c"), section("a"), section("b")]
    assert changes(ACCEPTED, live) == {"c": LibraryChange.MOVED}


def test_approving_new_words_moves_no_section():
    accepted, live = (
        [section("a"), section("moved"), section("b")],
        [section("a"), section("b", "Newer"), section("moved")],
    )
    assert changes(accepted, live) == {"b": LibraryChange.CHANGED, "moved": LibraryChange.MOVED}
    approved = accept(accepted, live, "b")
    assert [one.heading for one in approved] == ["Library a", "Library moved", "Newer b"]


def test_a_new_section_is_approved_into_its_place_among_those_that_have_not_moved():
    accepted = [section("a"), section("b"), section("moved")]
    live = [section("moved"), section("new"), section("a"), section("b")]
    assert changes(accepted, live) == {"moved": LibraryChange.MOVED, "new": LibraryChange.NEW}
    approved = accept(accepted, live, "new")
    assert [one.id for one in approved] == ["new", "a", "b", "moved"]
    assert changes(approved, live) == {"moved": LibraryChange.MOVED}


def test_two_new_locked_sections_come_live_in_the_librarys_order():
    urgent, risks = section("urgent", lock=Lock.LOCKED), section("risks", lock=Lock.LOCKED)
    live = [section("a"), urgent, risks, section("b"), section("c")]
    assert [one.id for one in held_sections(ACCEPTED, live)] == ["a", "urgent", "risks", "b", "c"]


def test_a_new_locked_section_comes_before_what_has_kept_its_place_and_follows_nothing_that_moved():
    accepted = [section("a"), section("b"), section("moved")]
    live = [section("moved"), section("urgent", lock=Lock.LOCKED), section("a"), section("b")]
    assert [one.id for one in held_sections(accepted, live)] == ["urgent", "a", "b", "moved"]


@pytest.mark.parametrize(
    ("accepted", "live", "read"),
    [
        # The library has dropped x: what is locked stays where it is, between those that are left.
        ("axRc", "aRc", "axRc"),
        ("xRa", "Ra", "xRa"),
        ("aRx", "aR", "aRx"),
        # The library has moved it above or below the others.
        ("bRc", "Rbc", "Rbc"),
        ("bRc", "bcR", "bcR"),
        # Two that are locked have changed places.
        ("RS", "SR", "SR"),
        ("aRbS", "aSbR", "aSbR"),
    ],
)
def test_a_locked_section_stays_unless_the_library_has_moved_it(accepted, live, read):
    accepted, live = (
        [section(one, lock=LOCKS[one.isupper()]) for one in names] for names in (accepted, live)
    )
    assert "".join(one.id for one in held_sections(accepted, live)) == read


def test_nothing_waits_where_the_library_has_moved_a_locked_section_alone():
    risks = section("risks", lock=Lock.LOCKED)
    accepted, live = [section("a"), risks], [risks, section("a")]
    assert changes(accepted, live) == {}
    assert held_sections(accepted, live) == live


@given(libraries, libraries, own_ids)
def test_a_locked_section_is_always_live(accepted, live, own):
    read = {one.id: one for one in held_sections(accepted, live, own)}
    for one in live:
        if one.lock is Lock.LOCKED:
            assert read[one.id] == one


@given(libraries, libraries, own_ids)
def test_each_section_is_read_once(accepted, live, own):
    ids = [one.id for one in held_sections(accepted, live, own)]
    assert len(ids) == len(set(ids))


@given(libraries, libraries, own_ids)
def test_nothing_accepted_is_lost_or_changed_before_it_is_approved(accepted, live, own):
    read = {one.id: one for one in held_sections(accepted, live, own)}
    now = {one.id: one for one in live}
    for one in accepted:
        last = now.get(one.id, one)
        if last.lock is not Lock.LOCKED:
            expected = last if one.id in own else one
            assert reading([read[one.id]]) == reading([expected])


@given(libraries, libraries)
def test_nothing_but_safety_comes_before_it_is_approved(accepted, live):
    known = {one.id for one in accepted}
    locked = {one.id for one in live if one.lock is Lock.LOCKED}
    assert {one.id for one in held_sections(accepted, live)} <= known | locked


@given(libraries, libraries)
def test_what_is_accepted_keeps_its_order(accepted, live):
    locked = {one.id for one in live if one.lock is Lock.LOCKED}
    read = [one.id for one in held_sections(accepted, live) if one.id not in locked]
    assert read == [one.id for one in accepted if one.id in read]


@given(libraries, own_ids)
def test_a_page_that_has_just_accepted_reads_as_the_live_one_and_waits_for_nothing(live, own):
    assert held_sections(live, live, own) == live
    assert not waiting_changes(live, live, own)


@given(libraries, libraries, own_ids)
def test_nothing_waits_exactly_where_the_held_page_reads_as_the_live_one(accepted, live, own):
    is_as_live = reading(held_sections(accepted, live, own)) == reading(live)
    assert is_as_live is not bool(waiting_changes(accepted, live, own))


@given(libraries, libraries, own_ids)
def test_each_change_waits_once_in_the_librarys_order_with_what_is_dropped_last(accepted, live, own):
    ids = waiting_ids(accepted, live, own)
    here = [one.id for one in live]
    assert len(ids) == len(set(ids))
    assert ids == sorted(ids, key=lambda one: here.index(one) if one in here else len(here))


@given(libraries, libraries, own_ids, st.data())
def test_approving_one_change_takes_that_one_off_the_list_and_no_other(accepted, live, own, data):
    before = changes(accepted, live, own)
    if not before:
        return
    approved = data.draw(st.sampled_from(sorted(before)))
    after = changes(accept(accepted, live, approved), live, own)
    assert after == {name: change for name, change in before.items() if name != approved}


@given(libraries, libraries, own_ids, st.randoms(use_true_random=False))
def test_approving_every_change_one_by_one_in_any_order_is_approving_all(accepted, live, own, random):
    ids = waiting_ids(accepted, live, own)
    approved = approve_each(accepted, live, random.sample(ids, len(ids)))
    assert reading(held_sections(approved, live, own)) == reading(live)
    assert not waiting_changes(approved, live, own)


@given(libraries, libraries, st.sampled_from(IDS))
def test_approving_twice_is_approving_once(accepted, live, section_id):
    once = accept(accepted, live, section_id)
    assert accept(once, live, section_id) == once


@given(libraries, libraries, st.sampled_from(IDS))
def test_approving_one_section_changes_the_words_of_no_other(accepted, live, section_id):
    before = {one.id: one for one in accepted if one.id != section_id}
    after = {one.id: one for one in accept(accepted, live, section_id) if one.id != section_id}
    assert after == before


@given(libraries, libraries)
def test_a_lock_alone_makes_nothing_wait(accepted, live):
    unlocked = [replace(one, lock=Lock.FREE) for one in live]
    adapted = [replace(one, lock=Lock.ADAPT) for one in live]
    assert waiting_ids(accepted, unlocked) == waiting_ids(accepted, adapted)
