"""Between stored JSON and the values that are composed: what is read, forgiven and remembered."""

from datetime import UTC, datetime

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
)
from clinicsite.library.models import SectionOverride
from clinicsite.library.section_kinds import SAFETY_REASON
from clinicsite.library.sections import (
    additions_from_raw,
    base_of,
    override_from_record,
    raw_from_composed,
    raw_from_sections,
    retired_after,
    retired_from_raw,
    section_from_base,
    sections_from_raw,
)
from clinicsite.library.stored import dict_or_empty

WORDS = {"type": "paragraph", "value": "<p>Words.</p>", "id": "p"}
SPRING, SUMMER, AUTUMN = "2026-04-02T09:00:00+00:00", "2026-07-02T09:00:00+00:00", "2026-10-02T09:00:00+00:00"


def stored(name, kind="overview", **value):
    """A section of the library as a page stores it."""
    return {
        "type": "section",
        "id": name,
        "value": {"kind": kind, "heading": f"Library {name}", "body": [], **value},
    }


def dropped(name, retired_at=SUMMER, trail=(), **value):
    """A section as a library page remembers it that has dropped it."""
    return {**stored(name, **value), "retired_at": retired_at, "trail": list(trail)}


def ids(sections):
    return [one.id for one in sections]


def gone(*arguments):
    """The ids of the retired sections that a clinic still has to do with."""
    return [one.section.id for one in retired_from_raw(*arguments)]


# What is stored


def test_a_stored_section_is_read_whole():
    raw = stored("a", body=[WORDS], lock="adapt", lock_reason="So that all say it.")
    assert sections_from_raw([raw]) == [
        Section("a", "overview", "Library a", [WORDS], Lock.ADAPT, "So that all say it.")
    ]


def test_sections_that_are_stored_and_read_again_are_the_same():
    sections = [
        Section("a", "overview", "One", [WORDS], Lock.ADAPT, "Because."),
        Section("b", "risks", "Two", [], Lock.FREE),
        Section("c", "cost", "Three", [], Lock.LOCKED, "Agreed."),
    ]
    assert sections_from_raw(raw_from_sections(sections)) == sections


@pytest.mark.parametrize("kind", ["risks", "contraindications", "urgent_help"])
def test_a_safety_section_is_locked_until_the_library_says_otherwise(kind):
    (unsaid,) = sections_from_raw([stored("a", kind)])
    assert (unsaid.lock, unsaid.lock_reason) == (Lock.LOCKED, SAFETY_REASON)
    (freed,) = sections_from_raw([stored("a", kind, lock="free")])
    assert (freed.lock, freed.lock_reason) == (Lock.FREE, "")


@pytest.mark.parametrize("lock", ["", None, "bolted"])
def test_a_section_with_no_lock_or_one_nobody_knows_has_that_of_its_kind(lock):
    read = sections_from_raw([stored("a", lock=lock), stored("b", "risks", lock=lock)])
    assert [one.lock for one in read] == [Lock.FREE, Lock.LOCKED]


@pytest.mark.parametrize(
    "damaged",
    [
        None,
        "words",
        {},
        {"type": "section", "id": "x"},
        {"type": "section", "id": "x", "value": "words"},
        {"type": "section", "id": "", "value": {}},
        {"type": "section", "value": {}},
        {"type": "paragraph", "id": "x", "value": {}},
    ],
)
def test_a_damaged_section_is_left_out_and_not_the_page_with_it(damaged):
    raw = [stored("a"), damaged, stored("b")]
    assert ids(sections_from_raw(raw)) == ["a", "b"]
    assert ids(one.section for one in additions_from_raw(raw)) == ["a", "b"]


@pytest.mark.parametrize("raw", [None, 7, {}, []])
def test_what_is_no_list_of_sections_holds_none(raw):
    assert sections_from_raw(raw) == []
    assert retired_from_raw(raw) == []


@pytest.mark.parametrize("value", [{}, {"heading": None, "body": None}, {"heading": "", "body": "words"}])
def test_a_section_that_lacks_its_words_is_empty(value):
    (read,) = sections_from_raw([{"type": "section", "id": "a", "value": value}])
    assert (read.kind, read.heading, read.body, read.lock, read.lock_reason) == ("", "", [], Lock.FREE, "")


def test_a_block_without_a_type_or_a_value_is_left_out_of_the_body():
    body = ["words", None, {"type": "paragraph"}, {"value": "x"}, WORDS]
    assert sections_from_raw([stored("a", body=body)])[0].body == [WORDS]


def test_a_block_that_has_no_id_yet_is_kept():
    block = {"type": "paragraph", "value": "<p>Words.</p>"}
    assert sections_from_raw([stored("a", body=[block])])[0].body == [block]


@pytest.mark.parametrize("value", [None, "words", 7, [1], ("a",)])
def test_anything_that_is_no_stored_object_is_an_empty_one(value):
    assert dict_or_empty(value) == {}
    assert dict_or_empty({"a": 1}) == {"a": 1}


# Additions


def test_an_addition_knows_its_anchor_its_side_and_what_stood_before():
    items = [{"type": "item", "value": "a", "id": "1"}, "b"]
    (read,) = additions_from_raw([stored("x", anchor="c", anchor_position="before", trail=items)])
    assert read == Addition(Section("x", "overview", "Library x", []), "c", True, ("a", "b"))


@pytest.mark.parametrize("value", [{}, {"anchor": None, "anchor_position": None, "trail": None}])
def test_an_addition_without_an_anchor_goes_to_the_end(value):
    (read,) = additions_from_raw([stored("x", **value)])
    assert (read.anchor, read.is_before, read.trail) == ("", False, ())


def test_an_addition_stands_after_its_anchor_unless_it_says_before():
    (read,) = additions_from_raw([stored("x", anchor="a", anchor_position="after")])
    assert not read.is_before


# What an override remembers


def test_an_override_remembers_the_librarys_words_and_what_stood_before_them():
    library = [
        Section("a", "overview", "A", []),
        Section("b", "risks", "B", [WORDS]),
        Section("c", "cost", "C", []),
    ]
    base = base_of(library[1], library)
    assert base == {"kind": "risks", "heading": "B", "body": [WORDS], "trail": ["a"]}
    assert section_from_base("b", base) == Section("b", "risks", "B", [WORDS])
    assert base_of(library[0], library)["trail"] == []


@pytest.mark.parametrize("base", [None, "words", {}, {"kind": None, "heading": None, "body": None}])
def test_an_override_that_remembers_nothing_has_an_empty_base(base):
    assert section_from_base("b", base) == Section("b", "", "", [])


def record(**fields):
    """An override that is not stored."""
    values = {"section_id": "b", "action": "replace", "heading": "Ours", "body": [WORDS]}
    return SectionOverride(**(values | fields))


def test_an_override_on_record_is_read_whole():
    base = {"kind": "risks", "heading": "B", "body": [], "trail": ["a", "z"]}
    assert override_from_record(record(base=base, is_kept=True)) == Override(
        "b", Action.REPLACE, "Ours", [WORDS], Section("b", "risks", "B", []), ("a", "z"), is_kept=True
    )


@pytest.mark.parametrize("base", [{}, {"trail": None}, {"trail": []}, "words", None])
def test_an_override_on_record_that_remembers_no_place_has_an_empty_trail(base):
    assert override_from_record(record(action="hide", base=base)) == Override(
        "b", Action.HIDE, "Ours", [WORDS], Section("b", "", "", [])
    )


def test_composed_sections_are_stored_with_the_words_that_are_shown():
    library = Section("a", "cost", "Library a", [])
    composed = ComposedSection("a", "cost", "Ours", [WORDS], State.YOURS, library)
    assert raw_from_composed([composed]) == [
        {"type": "section", "id": "a", "value": {"kind": "cost", "heading": "Ours", "body": [WORDS]}}
    ]


# What the library has dropped


def test_a_dropped_section_is_read_with_what_stood_before_it():
    section = Section("b", "overview", "Library b", [])
    assert retired_from_raw([dropped("b", trail=["a"])]) == [Retired(section, ("a",))]
    without = dropped("b") | {"trail": None}
    assert retired_from_raw([without]) == [Retired(section)]


def test_what_was_dropped_before_a_clinic_began_to_follow_is_not_on_its_page():
    raw = [dropped("before", SPRING), dropped("after", AUTUMN)]
    assert gone(raw) == ["before", "after"]
    assert gone(raw, SUMMER) == ["after"]
    assert gone([dropped("then", SUMMER)], SUMMER) == []


def test_what_a_clinic_has_let_go_is_not_on_its_page_until_the_library_drops_it_anew():
    raw = [dropped("a", SUMMER), dropped("b", SUMMER)]
    assert gone(raw, "", {"a": AUTUMN}) == ["b"]
    assert gone(raw, "", {"a": SPRING}) == ["a", "b"]
    assert gone(raw, SPRING, {"a": AUTUMN}) == ["b"]
    assert gone(raw, AUTUMN, {"a": SPRING}) == []


@pytest.mark.parametrize("moment", [None, "", "once", 7])
def test_a_section_dropped_nobody_knows_when_counts_as_dropped_since(moment):
    assert gone([dropped("a", moment)], SUMMER) == ["a"]
    assert gone([{**stored("a"), "trail": []}], SUMMER) == ["a"]
    assert gone([dropped("a", SPRING)], moment) == ["a"]


def test_a_locked_section_takes_a_clinics_words_away_whenever_it_was_dropped():
    raw = [dropped("risks", SPRING, kind="risks"), dropped("free", SPRING)]
    assert gone(raw, SUMMER, {"risks": AUTUMN}) == ["risks"]
    base = Section("risks", "risks", "Library risks", [])
    ours = {"risks": Override("risks", Action.REPLACE, "Nothing happens", [], base)}
    library = sections_from_raw([stored("a")])
    assert ids(compose(library, ours, (), retired_from_raw(raw, SUMMER))) == ["a"]


NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def retiring(before, now, retired=()):
    """{id: (retired at, trail)} of what a library page remembers after an edit."""
    rows = retired_after([stored(one) for one in before], [stored(one) for one in now], list(retired), NOW)
    return {row["id"]: (row["retired_at"], row["trail"]) for row in rows}


def test_an_edit_that_drops_a_section_remembers_it_with_its_words_and_its_place():
    (row,) = retired_after(
        [stored("a"), stored("b", body=[WORDS]), stored("c")], [stored("a"), stored("c")], [], NOW
    )
    assert row == {**stored("b", body=[WORDS]), "retired_at": NOW.isoformat(), "trail": ["a"]}


def test_an_edit_that_drops_nothing_remembers_nothing():
    assert retiring("ab", "ba") == {}
    assert retiring("ab", "abc") == {}


def test_a_section_the_library_brings_back_is_retired_no_more():
    assert retiring("ac", "abc", [dropped("b", trail=["a"])]) == {}


def test_what_was_dropped_earlier_keeps_its_day_and_counts_among_what_stood_before():
    found = retiring("ac", "a", [dropped("b", SPRING, ["a"])])
    assert found == {"b": (SPRING, ["a"]), "c": (NOW.isoformat(), ["a", "b"])}


def test_a_section_is_remembered_once_and_by_its_first_day():
    found = retiring("ab", "a", [dropped("b", SPRING, ["a"])])
    assert found == {"b": (SPRING, ["a"])}


def test_a_locked_section_that_was_dropped_is_in_no_place_any_more():
    assert retiring("a", "a", [dropped("risks", SPRING, ["a"], kind="risks")]) == {"risks": (SPRING, [])}


def test_an_edit_leaves_what_was_stored_alone():
    earlier = dropped("b", SPRING, ["z"])
    retired_after([stored("a"), stored("c")], [stored("a")], [earlier], NOW)
    assert earlier == dropped("b", SPRING, ["z"])
