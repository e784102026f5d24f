import pytest

from clinicsite.core.rich_text.entries import as_markup, in_one_line, plain_words
from clinicsite.core.texts import cut_at_a_word


@pytest.mark.parametrize(
    ("text", "room", "shown"),
    [
        ("Short and whole.", 16, "Short and whole."),
        ("Short and whole. ", 16, "Short and whole."),
        ("Short and cut.", 13, "Short and…"),
        ("Short and cut.", 9, "Short…"),
        ("One, two, three", 10, "One, two…"),
        ("One – two three", 8, "One…"),
        ("A line\nand\tanother", 19, "A line and another"),
        ("Sternocleidomastoid", 10, "Sternocle…"),
        ("", 10, ""),
    ],
)
def test_a_text_is_cut_between_two_words(text, room, shown):
    assert cut_at_a_word(text, room) == shown
    assert len(shown) <= room


@pytest.mark.parametrize(
    ("stored", "markup", "plain"),
    [
        ("Tennis elbow", "<p>Tennis elbow</p>", "Tennis elbow"),
        ("Hip & knee, BMI < 30", "<p>Hip &amp; knee, BMI &lt; 30</p>", "Hip & knee, BMI < 30"),
        (
            '<p data-block-key="a1">Hip &amp; knee</p>',
            '<p data-block-key="a1">Hip &amp; knee</p>',
            "Hip & knee",
        ),
        ('<p><a linktype="page" id="3">Elbow</a></p>', '<p><a linktype="page" id="3">Elbow</a></p>', None),
    ],
)
def test_an_entry_stored_as_plain_words_is_read_as_one_that_could_be_a_link(stored, markup, plain):
    assert as_markup(stored) == markup
    assert plain_words(stored) == plain


def test_an_entry_of_several_paragraphs_stands_on_lines():
    assert in_one_line('<p data-block-key="a">One</p><p data-block-key="b">Two</p>') == "One<br>Two"
