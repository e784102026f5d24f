"""The thinking of a search that needs no database: words, slips of the finger, extracts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicsite.home.search.extracts import LENGTH, extract, marked
from clinicsite.home.search.ranking import IN_TEXT, IN_TITLE, IS_TITLE, Part, Way, candidate, score
from clinicsite.home.search.spelling import nearest, parted, slips_allowed
from clinicsite.home.search.words import MOST_LETTERS, MOST_WORDS, asked_words, stem, typed_text, words_in

pytestmark = pytest.mark.indexed


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("needle", "needles"),
        ("needle", "needling"),
        ("injury", "injuries"),
        ("headache", "headaches"),
        ("running", "run"),
        ("pinched", "pinch"),
        ("massage", "massaging"),
        ("épaule", "epaules"),
        ("ache", "aching"),
        ("stiff", "stiffness"),
        ("insurance", "insurers"),
        ("RMT", "RMTs"),
    ],
)
def test_forms_of_a_word_are_one_word(one, other):
    (first,), (second,) = words_in(one), words_in(other)
    assert stem(first) == stem(second)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("arthritis", "arthrit"),
        ("therapy", "therapist"),
        ("disc", "dish"),
        ("neck", "necklace"),
        ("care", "car"),
        ("new", "news"),
    ],
)
def test_different_words_stay_apart(one, other):
    assert stem(one) != stem(other)


def test_a_possessive_is_read_without_its_s():
    assert words_in("Runner's knee, golfers’ elbow") == ["runner", "knee", "golfers", "elbow"]


def test_a_letter_before_an_apostrophe_is_a_word_of_its_own_as_it_is_in_the_index():
    assert words_in("L'épaule d’Anne O'Brien") == ["l", "épaule", "d", "anne", "o", "brien"]


def test_short_forms_say_nothing_about_what_is_looked_for():
    assert asked_words("I've hurt my back and can't turn. I'll see, you're kind") == [
        "hurt",
        "back",
        "turn",
        "see",
        "kind",
    ]


def test_small_words_are_left_out_unless_there_are_no_others():
    assert asked_words("What is the best for my neck?") == ["best", "neck"]
    assert asked_words("what is it") == ["what", "is", "it"]


def test_a_word_typed_twice_counts_once_and_a_story_is_cut():
    assert asked_words("neck neck pain") == ["neck", "pain"]
    assert len(asked_words(" ".join(f"word{number}" for number in range(30)))) == MOST_WORDS


def test_what_was_typed_is_one_clean_line_of_a_bounded_length():
    assert typed_text("  neck\x00\n\tpain\u200b ") == "neck pain"
    assert len(typed_text("x" * 10_000)) == MOST_LETTERS


@given(st.text())
def test_any_text_can_be_typed(text):
    typed = typed_text(text)
    assert len(typed) <= MOST_LETTERS
    assert "\x00" not in typed
    assert all(word == word.casefold() for word in asked_words(typed))


@pytest.mark.parametrize(
    ("one", "other", "slips"),
    [
        ("tenis", "tennis", 1),
        ("tennnis", "tennis", 1),
        ("tenmis", "tennis", 1),
        ("acupuntcure", "acupuncture", 1),
        ("nek", "neck", 1),
        ("tensi", "tennis", 2),
        # A pair that was swapped is not edited once more, so "ca" is three slips from "abc".
        ("ca", "abc", 3),
    ],
)
def test_a_slip_is_a_letter_missing_wrong_too_many_or_swapped(one, other, slips):
    assert nearest(one, {other: 1}, slips) == other
    assert nearest(one, {other: 1}, slips - 1) is None


@given(st.text("abcd", min_size=1, max_size=7), st.text("abcd", min_size=1, max_size=7), st.integers(0, 3))
def test_a_distance_is_the_same_both_ways_and_never_past_its_limit(one, other, limit):
    assert (nearest(one, {other: 1}, limit) == other) == (nearest(other, {one: 1}, limit) == one)
    assert nearest(one, {one: 1, other: 1}, limit) in ({other, None} - {one})
    assert nearest(one, {other: 1}, max(len(one), len(other))) == (None if one == other else other)


def test_the_heavier_of_two_words_equally_near_is_meant():
    assert nearest("nack", {"neck": 5, "pack": 1}, 1) == "neck"
    assert nearest("sholder", {"shoulder": 1, "holder": 9}, 2) == "shoulder"


def test_a_word_unlike_any_other_is_left_as_it_is():
    known = {"neck": 1, "massage": 1}
    assert nearest("insurance", known, slips_allowed("insurance")) is None
    assert nearest("no", known, slips_allowed("no")) is None
    assert nearest("555", {"5554": 1}, slips_allowed("555")) is None


def test_two_words_run_together_are_parted():
    assert parted("dryneedling", ["dry", "needling", "need"]) == ("dry", "needling")
    assert parted("needling", ["need"]) is None


def shown(pieces):
    return "".join(f"[{piece.text}]" if piece.is_marked else piece.text for piece in pieces)


def test_an_extract_shows_the_sentence_that_answers_with_its_words_marked():
    text = f"{'Filler words come first. ' * 20}A sore neck gets better. {'More filler words follow. ' * 20}"
    found = shown(extract(text, {"neck", "sore"}))
    assert "A [sore] [neck] gets better." in found
    assert found.startswith("… ")
    assert found.endswith(" …")


def test_an_extract_prefers_the_place_with_most_of_the_words():
    text = f"The neck alone. {'Filler words between. ' * 20}The sore neck."
    assert "[sore] [neck]" in shown(extract(text, {"neck", "sore"}))


def test_a_text_without_the_words_is_shown_from_its_beginning():
    assert shown(extract("We listen first.", {"neck"})) == "We listen first."
    assert extract("", {"neck"}) == []


def test_a_part_of_a_longer_word_is_not_marked():
    assert shown(marked("Necklace and neck", {"neck"})) == "Necklace and [neck]"


def test_a_heading_and_the_text_after_it_do_not_run_together():
    text = "After the visit\nDrink a glass of water.\n\n  What helps?\nWarmth"
    assert shown(extract(text, {"water"})) == (
        "After the visit. Drink a glass of [water]. What helps? Warmth"
    )


@given(st.text("ab .?", max_size=900), st.sets(st.text("ab", min_size=1, max_size=3)))
def test_an_extract_is_short_and_every_mark_is_a_word_looked_for(text, forms):
    pieces = extract(text, forms)
    assert sum(len(piece.text) for piece in pieces) <= 2 * LENGTH
    assert all(piece.text in forms for piece in pieces if piece.is_marked)
    inner = "".join(piece.text for piece in pieces).removeprefix("… ").removesuffix(" …")
    assert inner in " ".join(text.split())


def word(*forms, rarity=1.0):
    return Part((Way((frozenset(forms),), forms[:1]),), rarity)


TENNIS, ELBOW = word("tennis"), word("elbow", "elbows")


def ordered(pages, parts):
    """Whether each of these pages is better than the next."""
    orders = [score(page, parts).order for page in pages]
    return orders == sorted(orders, reverse=True) and len(set(orders)) == len(orders)


def test_a_title_counts_more_than_another_name_and_that_more_than_the_text():
    pages = [
        candidate("Tennis elbow", [], ""),
        candidate("Arms", ["tennis elbow"], ""),
        candidate("All about tennis elbow in winter", [], ""),
        candidate("Arms", ["pain of the tennis elbow"], ""),
        candidate("Arms", [], "tennis elbow tennis elbow"),
        candidate("Arms", [], "tennis elbow"),
        candidate("Arms", [], "elbow, tennis"),
        candidate("Tennis", [], "tennis tennis tennis"),
    ]
    assert ordered(pages, [TENNIS, ELBOW])


def test_small_words_of_a_title_do_not_count():
    asked = [word("needling"), word("hurt")]
    assert score(candidate("Does needling hurt?", [], ""), asked).place == IS_TITLE
    assert score(candidate("Does needling hurt a lot?", [], ""), asked).place == IN_TITLE


def test_a_title_that_says_little_else_comes_before_a_long_one():
    pages = [candidate("Elbow pain", [], ""), candidate("Elbow, wrist and hand pain", [], "")]
    assert ordered(pages, [ELBOW])


def test_a_page_that_has_more_of_what_tells_comes_first():
    # A word that few pages have tells more than one that many have.
    common, rare = word("pain", rarity=1.0), word("pregnant", rarity=3.0)
    pages = [
        candidate("Arms", [], "pain pregnant"),
        candidate("Arms", [], "pregnant"),
        candidate("Pain", [], "pain pain pain"),
    ]
    assert [score(page, [common, rare]).found for page in pages] == [1.0, 0.75, 0.25]
    assert ordered(pages, [common, rare])


def test_a_part_can_be_put_in_several_ways_and_the_one_typed_is_worth_most():
    typed = Way((frozenset({"tennis"}), frozenset({"elbow"})), ("tennis", "elbow"))
    same = Way((frozenset({"epicondylitis"}),), ("epicondylitis",), worth=0.9)
    pages = [
        candidate("Epicondylitis", [], ""),
        candidate("All about epicondylitis now", [], ""),
        candidate("Arms", [], "tennis elbow"),
        candidate("Arms", [], "epicondylitis"),
        candidate("Arms", [], "an elbow after tennis"),
        candidate("Arms", [], "an elbow"),
    ]
    places = [score(page, [Part((typed, same))]).place for page in pages]
    assert places == [IS_TITLE, IN_TITLE, IN_TEXT, IN_TEXT, IN_TEXT, IN_TEXT]
    assert ordered(pages, [Part((typed, same))])


def test_a_part_without_a_way_is_found_nowhere():
    unknown = Part((), rarity=3.0)
    assert score(candidate("Elbow", [], ""), [ELBOW, unknown]).order == (0.25, IN_TEXT, 6.0)
    assert score(candidate("Elbow", [], ""), []).order == (0.0, IN_TEXT, 0.0)
