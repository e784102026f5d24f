"""The beginning of a section, as panels show it."""

from clinicsite.library.plain_text import first_words


def rich(*texts):
    return [{"type": "paragraph", "id": str(number), "value": text} for number, text in enumerate(texts)]


def test_what_ends_without_a_mark_leads_to_the_next_by_a_colon():
    assert first_words(rich("<p>Before</p>", "<p>Eat something.</p>", "<p>Rest.</p>")) == (
        "Before: Eat something. Rest."
    )


def test_the_last_words_stay_as_they_are():
    assert first_words(rich("<p>Eat something</p>")) == "Eat something"


def test_what_says_nothing_is_passed_over():
    assert first_words(rich("<p>Before</p>", "", "<p>Eat.</p>")) == "Before: Eat."


def test_nothing_is_nothing():
    assert first_words([]) == ""
