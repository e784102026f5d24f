"""Which own section stands for which library section, decided from values alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicsite.library.composition import Lock, Section
from clinicsite.library.joining.matching import Fate, Memory, likeness, match, plan

WORDS = "A thin needle goes into a tight spot in the muscle and lets it go"


def part(name, heading="", body="", kind="other", lock=Lock.FREE):
    return Section(name, kind, heading or name, body, lock)


def text_of(section):
    return f"{section.heading} {section.body}"


def plan_of(own, library, memory=None):
    return plan(own, library, Section.says_the_same_as, text_of, memory)


def fates(steps):
    return [(step.id, step.fate) for step in steps]


def test_the_same_id_counts_before_the_same_heading():
    own = [part("a", "Cost"), part("b", "Aftercare")]
    library = [part("b", "Cost"), part("a", "Aftercare")]
    assert match(own, library, text_of) == {"a": "a", "b": "b"}


def test_the_same_kind_and_heading_match_whatever_the_spelling():
    own = [part("mine", "What to expect?", kind="what_to_expect")]
    library = [part("theirs", "What to  Expect", kind="what_to_expect")]
    assert match(own, library, text_of) == {"mine": "theirs"}


def test_the_same_heading_of_another_kind_does_not_match_by_itself():
    own = [part("mine", "Good to know", "Bring shorts.", kind="cost")]
    library = [part("theirs", "Good to know", "A lung can be hurt, very rarely.", kind="risks")]
    assert match(own, library, text_of) == {}


def test_words_much_alike_match_under_different_headings():
    own = [part("mine", "Needling", WORDS)]
    library = [
        part("other", "Cost", "Ask us what your insurance pays."),
        part("theirs", "How", WORDS + " soon"),
    ]
    assert match(own, library, text_of) == {"mine": "theirs"}


def test_the_likest_words_find_each_other():
    own = [part("first", "One", WORDS + " again and again"), part("second", "Two", WORDS)]
    library = [part("theirs", "Two", WORDS, kind="overview")]
    assert match(own, library, text_of) == {"second": "theirs"}


def test_a_library_section_is_used_once():
    own = [part("one", "Cost"), part("two", "Cost")]
    assert match(own, [part("theirs", "Cost")], text_of) == {"one": "theirs"}


@pytest.mark.parametrize(
    ("one", "other", "share"), [("a b", "b a", 1), ("a b", "c d", 0), ("", "", 0), ("a b", "a c", 0.5)]
)
def test_likeness_is_the_share_of_common_words(one, other, share):
    assert likeness(one, other) == share


def test_each_section_gets_the_fate_it_deserves():
    own = [
        part("mine", "Our promise", "Only here."),
        part("same", "Overview", "x"),
        part("ours", "Aftercare", "Call us."),
        part("locked", "Risks", "Nothing happens."),
    ]
    library = [
        part("same", "Overview", "x"),
        part("ours", "Aftercare", "Move gently."),
        part("locked", "Risks", "Bruises.", lock=Lock.LOCKED),
        part("cost", "Cost", "Ask."),
    ]
    assert fates(plan_of(own, library)) == [
        ("mine", Fate.ADDED),
        ("same", Fate.FOLLOWS),
        ("ours", Fate.OWN),
        ("locked", Fate.LOCKED),
        ("cost", Fate.APPEARS),
    ]


def test_an_addition_is_anchored_to_what_its_neighbour_stands_for():
    own = [part("mine", "Cost", "a"), part("extra", "Parking", "Behind the house.")]
    library = [part("first", "Overview", "b"), part("cost", "Cost", "c"), part("last", "Questions", "d")]
    added = next(step for step in plan_of(own, library) if step.fate is Fate.ADDED)
    assert (added.anchor, added.is_before, added.trail) == ("cost", False, ("first",))
    assert [step.id for step in plan_of(own, library)] == ["first", "cost", "extra", "last"]


def test_an_addition_at_the_top_stays_before_the_section_that_followed_it():
    own = [part("extra", "Welcome", "Hello."), part("cost", "Cost", "a")]
    library = [part("first", "Overview", "b"), part("cost", "Cost", "c")]
    added = next(step for step in plan_of(own, library) if step.fate is Fate.ADDED)
    assert (added.anchor, added.is_before) == ("cost", True)


def test_only_what_may_be_chosen_is_offered():
    own = [part("ours", "Aftercare", "Call us."), part("locked", "Risks", "None.")]
    library = [
        part("ours", "Aftercare", "Move."),
        part("locked", "Risks", "Bruises.", lock=Lock.LOCKED),
        part("free", "Cost", "Ask."),
        part("adapt", "Evidence", "Some.", lock=Lock.ADAPT),
        part("safety", "Urgent help", "Call 911.", lock=Lock.LOCKED),
    ]
    steps = plan_of(own, library)
    assert [step.id for step in steps if step.can_follow] == ["ours"]
    assert [step.id for step in steps if step.can_hide] == ["free"]


def test_what_has_not_been_changed_since_leaving_comes_back_as_it_was():
    memory = Memory(shown=["a", "gone"], untouched=["a", "gone"], answered=["hidden"])
    own = [part("a", "Overview", "as it was"), part("gone", "Old risks", "taken back")]
    library = [part("a", "Overview", "newer"), part("hidden", "Cost", "Ask.")]
    assert fates(plan_of(own, library, memory)) == [
        ("a", Fate.RESTORED),
        ("hidden", Fate.RESTORED),
        ("gone", Fate.WITHDRAWN),
    ]


def test_what_the_clinic_has_taken_out_since_leaving_is_offered_to_be_left_out():
    (step,) = plan_of([], [part("a", "Overview", "x")], Memory(shown=["a"]))
    assert (step.fate, step.was_taken_out) == (Fate.APPEARS, True)


names = st.sampled_from("abcdefgh")
sections = st.lists(
    st.builds(
        part,
        names,
        st.sampled_from(["", "Cost", "Risks"]),
        st.sampled_from(["", "x y", WORDS]),
        lock=st.sampled_from(Lock),
    ),
    max_size=6,
    unique_by=lambda section: section.id,
)


@given(sections, sections)
def test_every_section_of_both_pages_has_exactly_one_fate(own, library):
    steps = plan_of(own, library)
    assert sorted(step.own.id for step in steps if step.own) == sorted(one.id for one in own)
    assert sorted(step.library.id for step in steps if step.library) == sorted(one.id for one in library)


@given(sections, sections)
def test_the_plan_keeps_the_librarys_order_and_names_anchors_it_has(own, library):
    steps = plan_of(own, library)
    assert [step.library.id for step in steps if step.library] == [one.id for one in library]
    anchors = {step.anchor for step in steps if step.fate is Fate.ADDED}
    assert anchors <= {one.id for one in library} | {""}
