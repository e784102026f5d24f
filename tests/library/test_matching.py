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
    own = [part("mine", "What to expect?", "Bring shorts.", kind="what_to_expect")]
    library = [part("theirs", "What to  Expect", "A needle goes in.", kind="what_to_expect")]
    assert match(own, library, text_of) == {"mine": "theirs"}
    run_together = [part("mine", "What toexpect", "Bring shorts.", kind="what_to_expect")]
    assert match(run_together, library, text_of) == {}


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
    ("one", "other", "share"),
    [
        ("a b", "b a", 1),
        ("a b", "c d", 0),
        ("", "", 0),
        ("a b", "a c", 0.5),
        ("A Straße.", "a, STRASSE", 1),
    ],
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
    assert [(step.own, step.library) for step in plan_of(own, library)] == [
        (own[0], None),
        (own[1], library[0]),
        (own[2], library[1]),
        (own[3], library[2]),
        (None, library[3]),
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
    steps = plan_of(own, library, memory)
    assert [(step.fate, step.own, step.library) for step in steps] == [
        (Fate.RESTORED, own[0], library[0]),
        (Fate.RESTORED, None, library[1]),
        (Fate.WITHDRAWN, own[1], None),
    ]


def test_what_the_clinic_has_taken_out_since_leaving_is_offered_to_be_left_out():
    (step,) = plan_of([], [part("a", "Overview", "x")], Memory(shown=["a"]))
    assert (step.fate, step.was_taken_out) == (Fate.APPEARS, True)


def test_a_section_found_by_its_id_is_not_looked_for_by_its_heading():
    library = [part("a", "Fees"), part("cost", "Cost")]
    own = [part("a", "Cost"), part("b", "Cost")]
    assert match(own, library, text_of) == {"a": "a", "b": "cost"}


def test_sections_without_a_heading_match_by_their_words_alone():
    own = [Section("mine", "cost", "", "Bring shorts."), Section("like", "cost", "", WORDS)]
    library = [Section("other", "cost", "", "A lung can be hurt."), Section("theirs", "cost", "", WORDS)]
    assert match(own, library, text_of) == {"like": "theirs"}


def test_a_heading_matches_in_capitals_too():
    assert match([part("mine", "COST", "a")], [part("theirs", "Cost", "b")], text_of) == {"mine": "theirs"}


@pytest.mark.parametrize(("common", "is_like"), [(5, False), (6, True), (7, True)])
def test_six_words_of_ten_make_two_texts_versions_of_one_another(common, is_like):
    shared = [f"same{number}" for number in range(common)]
    mine, theirs = (" ".join([*shared, *(f"{side}{n}" for n in range(10 - common))]) for side in "mt")
    own, library = [Section("mine", "other", "", mine)], [Section("theirs", "other", "", theirs)]
    assert match(own, library, lambda section: section.body) == ({"mine": "theirs"} if is_like else {})


def test_the_likest_of_two_library_sections_is_taken():
    own = [part("mine", "Needling", WORDS)]
    library = [part("less", "How", WORDS + " and more than that"), part("most", "Why", WORDS)]
    assert match(own, library, text_of) == {"mine": "most"}
    assert match(own, library[::-1], text_of) == {"mine": "most"}


def test_likeness_does_not_look_at_capitals():
    assert likeness("Thin Needle", "thin needle") == 1


def test_what_the_clinic_had_added_stays_an_addition_though_the_library_has_the_like_by_now():
    steps = plan_of([part("extra", "Cost", "a")], [part("cost", "Cost", "a")], Memory(added=["extra"]))
    assert sorted(fates(steps)) == [("cost", Fate.APPEARS), ("extra", Fate.ADDED)]


def test_an_addition_nobody_has_changed_is_not_taken_back():
    memory = Memory(shown=["extra"], untouched=["extra"], added=["extra"])
    assert ("extra", Fate.ADDED) in fates(plan_of([part("extra")], [part("a")], memory))


def test_a_section_the_library_has_no_more_stands_for_itself():
    own = [part("old", "Cost", "Ours.")]
    memory = Memory(shown=["old"], former=[part("old", "Cost", "The library's last words.")])
    steps = plan_of(own, [part("new", "Cost", "Newer.")], memory)
    assert [(step.id, step.fate, step.library.body) for step in steps] == [
        ("new", Fate.APPEARS, "Newer."),
        ("old", Fate.OWN, "The library's last words."),
    ]


def test_an_unchanged_section_that_stands_for_another_of_the_librarys_is_compared_with_that():
    memory = Memory(shown=["old"], untouched=["old"])
    (step,) = plan_of([part("old", "Cost", "As it was.")], [part("new", "Cost", "Newer.")], memory)
    assert (step.id, step.fate) == ("new", Fate.OWN)


def test_a_section_with_an_answer_on_record_that_was_taken_out_since_is_offered_to_be_left_out():
    memory = Memory(shown=["a"], answered=["a"])
    (step,) = plan_of([], [part("a")], memory)
    assert (step.fate, step.was_taken_out) == (Fate.APPEARS, True)


def test_additions_alone_stand_before_the_librarys_first_section():
    own = [part("one", "Welcome", "Hello."), part("two", "Parking", "Behind the house.")]
    steps = plan_of(own, [part("first", "Overview", "b"), part("last", "Questions", "c")])
    assert [step.id for step in steps] == ["one", "two", "first", "last"]
    assert {(step.anchor, step.is_before) for step in steps if step.own} == {("first", True)}


def test_additions_to_a_library_page_without_sections_have_no_anchor():
    (step,) = plan_of([part("one", "Welcome", "Hello.")], [])
    assert (step.fate, step.anchor, step.is_before, step.trail) == (Fate.ADDED, "", True, ())


def test_an_addition_is_anchored_to_no_section_that_the_library_has_no_more():
    own = [part("extra", "Welcome", "Hello."), part("old", "Old", "x"), part("more", "Parking", "Here.")]
    own.append(part("cost", "Cost", "a"))
    library = [part("first", "Overview", "b"), part("cost", "Cost", "a")]
    steps = plan_of(own, library, Memory(shown=["old"], former=[part("old", "Old", "x")]))
    places = {step.id: (step.anchor, step.is_before) for step in steps if step.fate is Fate.ADDED}
    assert places == {"extra": ("cost", True), "more": ("cost", True)}
    assert [step.id for step in steps] == ["first", "extra", "more", "cost", "old"]


def test_each_addition_stands_after_the_section_above_it():
    own = [
        part("a", "A", "a"),
        part("x", "Parking", "Here."),
        part("b", "B", "b"),
        part("y", "Bus", "There."),
    ]
    steps = plan_of(own, [part("a", "A", "a"), part("b", "B", "b"), part("c", "C", "c")])
    assert [step.id for step in steps] == ["a", "x", "b", "y", "c"]
    places = {step.id: (step.anchor, step.trail) for step in steps if step.fate is Fate.ADDED}
    assert places == {"x": ("a", ()), "y": ("b", ("a",))}


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
