"""Words in texts: what is found, what is never touched, and what is left."""

import pytest

from clinicsite.provisioning.bulk.replacing import Search, replace_in_plain, replace_in_rich

LINK = '<p>Call <a id="7" linktype="page">our desk</a> at <b>the desk</b>.</p>'


@pytest.mark.parametrize(
    ("find", "replace", "text", "expected"),
    [
        ("desk", "front desk", "Our desk. The desks.", "Our front desk. The desks."),
        ("desk", "", "Our desk today", "Our  today"),
        ("(new)", "(old)", "Hours (new) here", "Hours (old) here"),
        ("St. Ann", "St Anne", "St. Ann’s", "St Anne’s"),
        ("two words", "one", "two\u00a0words", "one"),
        ("clinic", "practice", "{clinic} is a clinic", "{clinic} is a practice"),
        ("a", "b", "", ""),
    ],
)
def test_plain_text(find, replace, text, expected):
    assert replace_in_plain(text, Search(find, replace)).text == expected


def test_capitals_and_parts_of_words_count_only_where_asked():
    text = "Desk, desktop, desk"
    assert replace_in_plain(text, Search("desk", "table")).text == "Desk, desktop, table"
    assert replace_in_plain(text, Search("desk", "table", matches_case=False)).text == "table, desktop, table"
    assert replace_in_plain(text, Search("desk", "table", whole_words=False)).text == "Desk, tabletop, table"


@pytest.mark.parametrize(
    ("find", "replace", "html", "expected"),
    [
        ("desk", "counter", LINK, LINK.replace("our desk", "our counter").replace("the desk", "the counter")),
        # Neither tags, nor what is in them, nor ids.
        ("page", "leaf", LINK, LINK),
        ("a", "b", '<p>a <embed alt="a > a" embedtype="image" id="a"/> a</p>', None),
        ("7", "8", '<p>7 days <a id="7" linktype="page">7</a></p>', None),
        ("A & B", "C < D", "<p>A &amp; B, A &#38; B</p>", "<p>C &lt; D, C &lt; D</p>"),
        ("two words", "one", "<p>two&nbsp;words &nbsp;stay</p>", "<p>one &nbsp;stay</p>"),
        ("amp", "volt", "<p>amp &amp; amp</p>", "<p>volt &amp; volt</p>"),
        ("clinic", "practice", "<p>{clinic} clinic</p>", "<p>{clinic} practice</p>"),
    ],
)
def test_rich_text(find, replace, html, expected):
    if expected is None:
        expected = {"a": '<p>b <embed alt="a > a" embedtype="image" id="a"/> b</p>'}.get(
            find, '<p>8 days <a id="7" linktype="page">8</a></p>'
        )
    assert replace_in_rich(html, Search(find, replace)).text == expected


def test_a_citation_stays_as_it_is():
    html = '<p>1 study<a id="1" linktype="clinicsite-citation">1</a></p>'
    done = replace_in_rich(html, Search("1", "One"))
    assert done.text == '<p>One study<a id="1" linktype="clinicsite-citation">1</a></p>'


def test_words_within_which_formatting_begins_are_left_and_counted():
    html = "<p>dry <b>needling</b> and dry needling</p><p>dry</p><p>needling</p>"
    done = replace_in_rich(html, Search("dry needling", "acupuncture"))
    assert done.text == "<p>dry <b>needling</b> and acupuncture</p><p>dry</p><p>needling</p>"
    assert (len(done.found), done.left) == (1, 1)


def test_a_word_that_goes_on_in_other_formatting_is_no_whole_word():
    html = "<p>foot<b>ball</b> and ball</p>"
    assert replace_in_rich(html, Search("ball", "bath")).text == "<p>foot<b>ball</b> and bath</p>"


def test_a_place_is_shown_with_what_stands_around_it():
    text = "x" * 50 + " the desk is open " + "y" * 50
    (found,) = replace_in_plain(text, Search("desk", "counter")).found
    assert (found.was, found.now) == ("desk", "counter")
    assert found.before == "…" + ("x" * 35) + " the "
    assert found.after == " is open " + ("y" * 31) + "…"
    (found,) = replace_in_rich("<p>Before.</p><p>The desk</p>", Search("desk", "counter")).found
    assert (found.before, found.after) == ("The ", "")
