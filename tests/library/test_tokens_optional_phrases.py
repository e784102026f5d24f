"""A phrase in double square brackets is left out where a token in it has no value."""

from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from clinicsite.library.blocks import ClinicalSectionBlock
from clinicsite.library.tokens.filling import fill, fill_html
from clinicsite.library.tokens.names import validate_tokens
from clinicsite.library.tokens.phrases import (
    NO_TOKEN,
    faults_in,
    fill_markup,
    fill_text,
    is_simple,
    link_targets,
)
from tests.factories import ConditionPageFactory, LocationPageFactory, section
from tests.library.pages import follower_of, library_treatment

PHONE = {"phone": "(416) 555-0123"}
plain = st.text("ab .,!\n", max_size=8)
words = st.text("abc", min_size=1, max_size=4)


@st.composite
def marked_words(draw):
    """A paragraph of nested bold, italic and links, with a phrase that begins and ends anywhere in it."""
    cells = [*draw(words)]
    for tag in draw(st.lists(st.sampled_from(["b", "i", 'a href="/x/"']), max_size=4)):
        start = draw(st.integers(0, len(cells)))
        end = draw(st.integers(start, len(cells)))
        if _is_whole(cells[start:end]):
            cells = [*cells[:start], f"<{tag}>", *cells[start:end], f"</{tag[0]}>", *cells[end:]]
    marks = sorted(draw(st.lists(st.integers(0, len(cells)), min_size=3, max_size=3)))
    for place, mark in zip(reversed(marks), ("]]", "{phone}", "[["), strict=True):
        cells.insert(place, mark)
    return cells


def _is_whole(cells):
    depth = 0
    for cell in cells:
        depth += cell.startswith("<") - 2 * cell.startswith("</")
        if depth < 0:
            return False
    return depth == 0


class Tree(HTMLParser):
    """The words of a piece of HTML, and whether every tag in it is closed in its turn."""

    def __init__(self, html):
        super().__init__()
        self.words, self.open, self.empty, self.is_balanced = "", [], 0, True
        self.feed(html)
        self.close()
        self.is_balanced &= not self.open

    def handle_data(self, data):
        self.words += data

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)

    def handle_endtag(self, tag):
        self.is_balanced &= bool(self.open) and self.open.pop() == tag


@given(plain, plain, plain, plain)
def test_the_brackets_vanish_where_all_tokens_have_values(before, start, end, after):
    text = f"{before}[[{start}{{phone}}{end}]]{after}"
    assert fill(text, PHONE) == f"{before}{start}{PHONE['phone']}{end}{after}"


@given(words, plain, plain, words)
def test_the_phrase_goes_where_a_token_in_it_is_empty(before, start, end, after):
    assert fill(f"{before}[[{start}{{phone}}{end}]]{after}", {}) == before + after


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Come in. [[Call us on {phone}.]] We are here.", "Come in. We are here."),
        ("[[Call us on {phone}.]] We are here.", "We are here."),
        ("Come in. [[Call us on {phone}.]]", "Come in."),
        ("Come in[[ or call {phone}]].", "Come in."),
        ("Come in [[or call {phone}]].", "Come in."),
        ("[[{clinic} is in {city}.]] [[Call {phone}.]]", ""),
        ("[[Ask {clinic} on {phone}.]]", ""),
    ],
)
def test_what_stands_around_a_missing_phrase_reads_well(text, filled):
    assert fill(text, {"clinic": "North Clinic"}) == filled
    assert fill_html(f"<p>{text}</p>", {"clinic": "North"}) == (f"<p>{filled}</p>" if filled else "")


@pytest.mark.parametrize("text", ["[[see below]]", "a [[ b", "a ]] b", "[[{fone}]]", "[1] and [[2]] {fone}"])
def test_brackets_without_a_token_are_the_writers_own(text):
    assert fill(text, PHONE) == text
    assert fill_html(text, PHONE) == text


def test_a_value_with_brackets_is_words():
    assert fill("[[Call {clinic}.]]", {"clinic": "[[North {city}]]"}) == "Call [[North {city}]]."


@pytest.mark.parametrize(
    ("html", "filled"),
    [
        ("<p>Hi. [[Call <b>us</b> on {phone}.]] Bye.</p>", "<p>Hi. Bye.</p>"),
        ("<p>Hi [[call <b>us on {phone}]] now</b>.</p>", "<p>Hi <b>now</b>.</p>"),
        ("<p>Hi <b>there [[now</b> on {phone}]].</p>", "<p>Hi <b>there</b>.</p>"),
        ('<p>Hi. [[Or <a href="/x/">call {phone}</a>.]]</p>', "<p>Hi.</p>"),
        ("<p>[[Call {phone}.]]</p><p>Bye.</p>", "<p>Bye.</p>"),
        ("<ul><li>[[{phone}]]</li><li>Desk</li></ul>", "<ul><li>Desk</li></ul>"),
        ("<ul><li><b>[[{phone}]]</b></li></ul><p>Bye.</p>", "<p>Bye.</p>"),
        ("<p></p><p>[[{phone}]]</p>", "<p></p>"),
        ("<p>Hi.<br/>[[Call<br/>{phone}.]]</p>", "<p>Hi.<br/></p>"),
        ('<p>[[{phone}]]</p><embed embedtype="image" id="1"/>', '<embed embedtype="image" id="1"/>'),
        ("<p>Back &amp; [[{phone} ]]neck</p>", "<p>Back &amp; neck</p>"),
    ],
)
def test_a_phrase_in_rich_text_goes_with_its_marks_and_leaves_nothing_empty(html, filled):
    assert fill_html(html, {}) == filled


def test_a_phrase_in_rich_text_keeps_its_marks_where_it_stays():
    html = '<p>Hi. [[Call <b>us</b> on {phone}, <i>or</i> <a href="/x/">write</a>.]]</p>'
    expected = '<p>Hi. Call <b>us</b> on (416) 555-0123, <i>or</i> <a href="/x/">write</a>.</p>'
    assert fill_html(html, PHONE) == expected


@given(marked_words())
def test_marks_stay_balanced_wherever_a_phrase_begins_and_ends(cells):
    html = f"<p>{''.join(cells)}</p>"
    start, end = cells.index("[["), cells.index("]]")
    outside = "".join(cell for cell in cells[:start] + cells[end:] if len(cell) == 1)
    inside = "".join(cell for cell in cells[start:end] if len(cell) == 1)
    gone, there = Tree(fill_html(html, {})), Tree(fill_html(html, PHONE))
    assert gone.is_balanced
    assert gone.words == outside
    assert there.is_balanced
    assert sorted(there.words) == sorted(outside + inside + PHONE["phone"])


@pytest.mark.parametrize(
    ("html", "sentence"),
    [
        ("[[Come in.]]", "“[[Come in.]]” can never be left out"),
        ("<p>[[<b>Come</b> in.]]</p>", "“[[Come in.]]” can never be left out"),
        ("[[Call [[{phone}]].]]", "One optional phrase stands inside another"),
        ("[[Call {phone}.", "Close each optional phrase"),
        ("Call {phone}.]]", "Close each optional phrase"),
        ("<p>[[Call {phone}.</p><p>Bye.]]</p>", "Close each optional phrase"),
        ("<ul><li>[[Call {phone}.</li><li>Bye.]]</li></ul>", "Close each optional phrase"),
        ("<p>[<b>[</b>Call {phone}.]]</p>", "Write [[ and ]] in one piece"),
        ("<p>[<b>[</b>Call {phone}.]<b>]</b></p>", "Write [[ and ]] in one piece"),
    ],
)
def test_a_phrase_that_cannot_work_is_refused_with_a_sentence(html, sentence):
    with pytest.raises(ValidationError) as refused:
        validate_tokens(["Welcome to {clinic}.", html])
    assert sentence in refused.value.message


@pytest.mark.parametrize(
    "html",
    [
        "[[Call {phone}.]] [[Or come to {city}.]]",
        "<p>[[Call <b>{phone}</b>.]]</p><p>Bye.</p>",
        '<p>[[<a href="{booking_url}">Book</a>.]]</p>',
        "A list [1] and a [link].",
    ],
)
def test_a_phrase_that_works_is_accepted(html):
    assert validate_tokens([html]) is None


def test_a_section_and_a_summary_with_a_broken_phrase_are_refused(db):
    block = ClinicalSectionBlock()
    with pytest.raises((ValidationError, StructBlockValidationError), match="Close each optional phrase"):
        block.clean(block.to_python(section("A heading", "[[Call {phone}.")["value"]))
    with pytest.raises(ValidationError) as refused:
        ConditionPageFactory.build(summary="[[Call us.]]", sections=[]).clean()
    assert "can never be left out" in str(refused.value.message_dict["summary"])


BOOK = '<p>To begin, <a href="{booking_url}">book online</a>.</p>'


def test_a_link_leads_to_the_clinics_own_address():
    address = "https://book.example/?a=1&b=2"
    filled = fill_html(BOOK, {"booking_url": address})
    assert filled == '<p>To begin, <a href="https://book.example/?a=1&amp;b=2">book online</a>.</p>'
    path = fill_html('<a href="{hours_url}">Hours</a>', {"hours_url": "/locations/mill/"})
    assert path == '<a href="/locations/mill/">Hours</a>'


@pytest.mark.parametrize("address", ["", "javascript:alert(1)", "data:text/html,x", "//evil.example", "x"])
def test_a_link_without_an_address_that_is_safe_is_plain_text(address):
    assert fill_html(BOOK, {"booking_url": address}) == "<p>To begin, book online.</p>"


def test_a_link_that_is_never_closed_and_has_no_address_loses_its_tag_alone():
    assert fill_html('<p>Here: <a href="{booking_url}">book online', {}) == "<p>Here: book online"


def test_an_address_cannot_break_out_of_its_link():
    filled = fill_html(BOOK, {"booking_url": 'https://x.example/"onclick="alert(1)'})
    assert 'onclick="' not in filled
    assert "&quot;onclick=&quot;" in filled


def test_an_optional_link_goes_with_its_words():
    html = '<p>Come in. [[Or <a href="{booking_url}">book online</a>.]]</p>'
    assert fill_html(html, {}) == "<p>Come in.</p>"


@pytest.mark.parametrize(
    "target", ["https://x.example/{clinic}", "{phone}", "mailto:{email}", "{booking_url}?x=1", "{clinic}"]
)
def test_a_link_to_a_token_that_is_no_address_is_refused(target):
    with pytest.raises(ValidationError, match="A link cannot lead to"):
        validate_tokens([f'<p><a href="{target}">words</a></p>'])
    assert fill_html(f'<a href="{target}">words</a>', {"clinic": "x", "booking_url": "/y/"}) == "words"


NORTH = {"clinic": "North", "phone": "555", "city": "Guelph", "email": ""}


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("{clinic} is in {city}. Call {phone}.", "North is in Guelph. Call 555."),
        ("[[Ask {clinic} on {phone}.]] Come to {city}.", "Ask North on 555. Come to Guelph."),
        ("{city}: [[write to {email},]] call {phone}.", "Guelph: call 555."),
        ("[[{email}]] {clinic} [[or {phone}]] {city}", "North or 555 Guelph"),
    ],
)
def test_several_tokens_and_phrases_of_one_text_are_each_filled(text, filled):
    assert fill_text(text, NORTH) == filled
    assert fill_markup(f"<p>{text}</p>", NORTH, {}) == f"<p>{filled}</p>"


@pytest.mark.parametrize(
    ("text", "city", "filled"),
    [
        ("[[{email}]]{city}", ",Guelph", "Guelph"),
        ("[[{email}]]{city}", "  Guelph", "Guelph"),
        ("[[{email}]]{city}", ", ;Guelph", "Guelph"),
        ("Come. [[{email}]]{city}", ".Guelph", "Come.Guelph"),
        ("{city}[[{email}]].", "Guelph  ", "Guelph."),
        ("{city}[[{email}]]", "Guelph ", "Guelph"),
        ("({city}[[ or {email}]])", "Guelph ", "(Guelph)"),
        ("[[{email}]]) {city}", "Guelph", ") Guelph"),
        ("({city}.[[ {email}]])", "Guelph", "(Guelph.)"),
        ("Come ([[{email}]]{city})", " Guelph", "Come (Guelph)"),
    ],
)
def test_a_value_beside_a_missing_phrase_closes_up_and_loses_no_letter(text, city, filled):
    assert fill_text(text, {**NORTH, "city": city}) == filled


@pytest.mark.parametrize(
    "tag", ["a", "b", "code", "del", "em", "i", "s", "span", "strong", "sub", "sup", "u"]
)
def test_a_phrase_may_hold_any_mark_inside_a_paragraph(tag):
    html = f"<p>Hi. [[Call <{tag}>us</{tag}> on {{email}}.]] Bye.</p>"
    assert fill_markup(html, NORTH, {}) == "<p>Hi. Bye.</p>"


@pytest.mark.parametrize("tag", ["p", "li", "h3", "blockquote", "td"])
def test_a_phrase_does_not_reach_from_one_paragraph_into_the_next(tag):
    html = f"<{tag}>[[Call us</{tag}><{tag}>on {{email}}]]</{tag}>"
    assert fill_markup(html, NORTH, {}) == f"<{tag}>[[Call us</{tag}><{tag}>on ]]</{tag}>"


@pytest.mark.parametrize("void", ['<embed embedtype="image" id="1"/>', "<hr/>", '<img src="/x.png"/>'])
def test_a_picture_beside_a_phrase_that_is_left_out_stays(void):
    assert fill_markup(f"<div>{void}[[{{email}}]]</div>", NORTH, {}) == f"<div>{void}</div>"


@pytest.mark.parametrize(
    ("html", "filled"),
    [
        ("<p>Hi <b>{email}</b> there.</p>", "<p>Hi there.</p>"),
        ("<p><i>Hi</i> <b>{email}</b>.</p>", "<p><i>Hi</i>.</p>"),
        ("<p>A {email}.</p>", "<p>A.</p>"),
        ("A {email}.", "A."),
    ],
)
def test_words_close_up_across_marks_and_at_the_beginning(html, filled):
    assert fill_markup(html, NORTH, {}) == filled


@pytest.mark.parametrize("text", ["Call {phone}. [[Come in.]]", "[[Come in.]] Call {phone}."])
def test_a_token_beside_a_phrase_is_no_token_in_it(text):
    assert faults_in(text, ["phone"]) == [NO_TOKEN.format(phrase="[[Come in.]]")]


@pytest.mark.parametrize(
    "html",
    [
        "<p><b>[[Call {phone}.]]</b><i></i></p>",
        "<p><i></i><b>[[Call {phone}.]]</b></p>",
        "<p><i><b>[[Call {phone}.]]</b></i></p>",
    ],
)
def test_a_paragraph_is_emptied_by_whatever_stands_in_it(html):
    assert fill_html(f"<p>Come in.</p>{html}", {}) == "<p>Come in.</p>"


def test_a_paragraph_is_emptied_behind_a_link_that_became_plain_text():
    html = '<p>See <a href="{booking_url}">this</a>.</p><p>[[Call {phone}.]]</p>'
    assert fill_html(html, {}) == "<p>See this.</p>"


def test_a_tag_that_closes_nothing_stays_where_it_is():
    assert fill_html("</b><p>[[Call {phone}.]]</p></p>Bye.", {}) == "</b></p>Bye."


def test_a_line_break_alone_keeps_no_paragraph():
    assert fill_markup("<p>[[{email}]]<br/></p><p>Bye.</p>", NORTH, {}) == "<p>Bye.</p>"


def test_marks_are_known_in_capitals_too():
    assert fill_markup("<P>Hi. [[Call <B>{email}</B>.]]</P>", NORTH, {}) == "<P>Hi.</P>"


def test_a_token_in_a_tag_that_is_no_target_of_a_link_is_filled_where_it_stands():
    assert fill_markup('<p title="{clinic}">x</p>', NORTH, {}) == '<p title="North">x</p>'
    assert fill_markup('<p title="{mobile}">x</p>', NORTH, {}) == '<p title="{mobile}">x</p>'
    assert fill_markup('<a name="{clinic}">x</a>', NORTH, {}) == '<a name="North">x</a>'
    link = '<a href="/x/" title="{clinic}">x</a>'
    assert fill_markup(link, NORTH, {}) == '<a href="/x/" title="North">x</a>'


def test_of_two_links_only_the_one_without_an_address_is_plain_text():
    html = '<p><a href="{a}">one</a> and <a href="{b}">two</a></p>'
    assert fill_markup(html, {}, {"b": "/b/"}) == '<p>one and <a href="/b/">two</a></p>'
    assert fill_markup(html, {}, {"a": "/a/"}) == '<p><a href="/a/">one</a> and two</p>'


@pytest.mark.parametrize(
    ("text", "is_plain"),
    [
        ("Words alone.", True),
        ("{clinic} is in {city}.", True),
        ("<p>{clinic}</p>", True),
        ("{clinic} reads {email}.", False),
        ("[[{clinic}]]", False),
        ('<p title="{clinic}">x</p>', False),
        ("{mobile} and {clinic}", True),
    ],
)
def test_a_text_is_simple_where_every_token_has_a_value_and_stands_in_running_text(text, is_plain):
    assert is_simple(text, NORTH) is is_plain


def test_the_targets_with_a_brace_are_those_that_are_looked_at():
    html = '<a href="/x/">a</a> <a href="{booking_url}">b</a> <a href="mailto:{email}">c</a>'
    assert link_targets(html) == ["{booking_url}", "mailto:{email}"]


def test_a_patient_reads_the_clinics_own_words_and_nothing_where_it_has_none(library, clinic, visit):
    hours = 'See our <a href="{hours_url}">hours</a>.'
    words = f"Come to {{address}}. [[Call {{phone}}.]] {hours} [[Book at {{booking_url}}.]]"
    follower_of(library_treatment(library, section("Where", words)), clinic)
    LocationPageFactory(
        parent__parent=clinic.home,
        title="The Mill",
        street="12 Main St",
        city="Guelph",
        region="ON",
        postal_code="N1H 1A1",
        phones=[],
    )
    shown = visit("/treatments/dry-needling/").content.decode()
    assert "<p>Come to 12 Main St, Guelph, ON N1H 1A1. See our" in shown
    assert 'See our <a href="/locations/the-mill/">hours</a>.</p>' in shown
