"""How a title is set on a card: as large as it fits, in lines of like length."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicsite.clinics.cards.wrapping import balanced, fitted, shortened, wrapped


def measure_at(size):
    """Every letter as wide as half its size."""
    return lambda text: len(text) * size / 2


words = st.text("abcdefg", min_size=1, max_size=12)
titles = st.lists(words, min_size=1, max_size=25).map(" ".join)


def test_a_short_title_is_set_in_the_largest_size():
    assert fitted("Contact", (80, 60), measure_at, 600, 3) == (80, ["Contact"])


def test_a_longer_title_is_set_smaller_before_it_is_cut():
    size, lines = fitted("Dry needling for a stiff neck", (80, 40), measure_at, 300, 3)
    assert size == 40
    assert " ".join(lines) == "Dry needling for a stiff neck"


def test_a_title_that_fits_no_size_ends_with_an_ellipsis():
    size, lines = fitted("many words " * 20, (80, 40), measure_at, 300, 4)
    assert (size, len(lines)) == (40, 4)
    assert lines[-1].endswith("…")
    assert all(measure_at(40)(line) <= 300 for line in lines)


def test_lines_are_of_like_length():
    measure = measure_at(20)
    assert wrapped("what a stiff neck taught me", measure, 240) == ["what a stiff neck taught", "me"]
    assert balanced("what a stiff neck taught me", measure, 240) == ["what a stiff", "neck taught me"]


def test_a_word_wider_than_the_card_is_cut():
    assert fitted("a" * 40, (40,), measure_at, 300, 4) == (40, ["a" * 14 + "…"])


@pytest.mark.parametrize("text", ["a, b", "ab: c", "ab. c"])
def test_no_sign_stands_before_an_ellipsis(text):
    assert shortened(text, len, 3)[-2:-1].isalpha()


@given(titles)
def test_no_line_is_too_wide_and_no_word_is_lost_unless_it_says_so(title):
    size, lines = fitted(title, (60, 50, 40), measure_at, 400, 4)
    assert 1 <= len(lines) <= 4
    assert all(measure_at(size)(line) <= 400 for line in lines)
    assert " ".join(lines) == title or any(line.endswith("…") for line in lines)
