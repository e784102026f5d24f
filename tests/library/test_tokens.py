"""Words in braces that each clinic fills with its own."""

import re
from html.parser import HTMLParser

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from wagtail.blocks.struct_block import StructBlockValidationError

from clinicsite.core.rendering import strings_in
from clinicsite.library.blocks import ClinicalSectionBlock, SectionsBlock
from clinicsite.library.tokens.filling import fill, fill_html, fill_raw
from clinicsite.library.tokens.names import TOKENS, unknown_tokens, validate_tokens
from tests.factories import ConditionPageFactory, section

plain = st.text(st.characters(exclude_characters="{}", codec="utf-8"), max_size=30)
visible = plain.filter(str.strip)
values = st.dictionaries(st.sampled_from(list(TOKENS)), plain)
unknown_names = plain.filter(lambda name: name not in TOKENS)
known = st.sampled_from(list(TOKENS))


def letters(text):
    """A text without what may close up where a token has no value."""
    return re.sub(r"[\s.,!?;:]", "", text)


class Words(HTMLParser):
    """The words and the tags of a piece of HTML."""

    def __init__(self, html):
        super().__init__()
        self.words, self.tags = "", []
        self.feed(html)
        self.close()

    def handle_data(self, data):
        self.words += data

    def handle_starttag(self, tag, attrs):
        self.tags.append(tag)


@given(plain, values)
def test_text_without_braces_is_left_alone(text, words):
    assert fill(text, words) == text
    assert fill_html(text, words) == text


@given(plain, known, plain, visible)
def test_a_token_becomes_the_clinics_word(before, name, after, word):
    assert fill(f"{before}{{{name}}}{after}", {name: word}) == before + word + after


@given(plain, known, plain)
def test_a_token_without_a_value_takes_nothing_along_but_spaces_and_stops(before, name, after):
    assert letters(fill(f"{before}{{{name}}}{after}", {})) == letters(before + after)


@pytest.mark.parametrize(
    ("text", "filled"),
    [
        ("Ask {clinic} about it.", "Ask about it."),
        ("Ask us {phone}.", "Ask us."),
        ("Ask us ({phone} or here).", "Ask us (or here)."),
        ("{free_consultation}. Ask us.", "Ask us."),
        ("Hello. {free_consultation}. Ask us.", "Hello. Ask us."),
        ("{clinic} {phone}", ""),
        ("Ask us {clinic} {phone}, or come in.", "Ask us, or come in."),
        ("First line\n{phone} second line", "First line\nsecond line"),
        ("Two  spaces stay {city}.", "Two  spaces stay."),
    ],
)
def test_where_a_value_is_missing_the_words_close_up(text, filled):
    assert fill(text, {"city": " "}) == filled


@given(unknown_names, values)
def test_an_unknown_token_is_left_as_it_was_written(name, words):
    assert fill(f"{{{name}}}", words) == f"{{{name}}}"
    assert fill_html(f"{{{name}}}", words) == f"{{{name}}}"


@given(known, values)
def test_a_value_in_rich_text_is_words_and_never_markup(name, words):
    read = Words(fill_html(f"<p>To {{{name}}}</p>", words))
    assert letters(read.words) == letters("To" + words.get(name, ""))
    assert read.tags == ["p"]


def test_a_clinics_name_with_markup_is_escaped_in_rich_text_and_plain_elsewhere():
    words = {"clinic": 'Back & <b>Neck</b> "East"'}
    read = Words(fill_html('<p title="{clinic}">{clinic}</p>', words))
    assert (read.words, read.tags) == ('Back & <b>Neck</b> "East"', ["p"])
    assert fill("{clinic}", words) == 'Back & <b>Neck</b> "East"'


def test_a_value_that_looks_like_a_token_is_not_filled_again():
    assert fill("{clinic}", {"clinic": "{email}", "email": "desk@north.example"}) == "{email}"


@given(st.lists(known | unknown_names, max_size=5))
def test_exactly_the_unknown_names_are_found_in_their_order(names):
    expected = list(dict.fromkeys(name for name in names if name not in TOKENS))
    assert unknown_tokens(f"Say {{{name}}} here." for name in names) == expected


def test_an_unknown_token_is_refused_with_the_list_of_known_ones():
    with pytest.raises(ValidationError) as refused:
        validate_tokens(["Welcome to {clinic}.", "Call {fone}."])
    message = refused.value.message
    assert message.startswith("Unknown token: {fone}.")
    assert all(f"{{{name}}}" in message for name in TOKENS)


def test_known_tokens_are_accepted():
    assert validate_tokens([f"{{{name}}}" for name in TOKENS]) is None


@pytest.mark.parametrize("words", ["Call {fone}.", "Call {Clinic}.", "Call { clinic }.", "Call {}."])
def test_a_section_with_an_unknown_token_is_refused(words):
    block = ClinicalSectionBlock()
    with pytest.raises((ValidationError, StructBlockValidationError), match="Unknown token"):
        block.clean(block.to_python(section("A heading", words)["value"]))


def test_a_summary_with_an_unknown_token_is_refused_at_the_summary(db):
    page = ConditionPageFactory.build(summary="Ask {fone}.", sections=[])
    with pytest.raises(ValidationError) as refused:
        page.clean()
    assert "Unknown token: {fone}" in str(refused.value.message_dict["summary"])


WORDS = {"clinic": "North & South", "phone": "(416) 555-0123"}


def filled(body):
    """A section with this body, after filling."""
    block = SectionsBlock()
    return fill_raw(block, [section("At {clinic}", body=body)], WORDS)[0]["value"]


def test_every_kind_of_text_in_a_body_is_filled():
    item = {"title": "{clinic}", "text": "<p>{clinic}</p>"}
    body = [
        {"type": "steps", "value": {"items": [{"type": "item", "value": item, "id": "1"}]}, "id": "2"},
        {"type": "quotation", "value": {"text": "{clinic}", "attribution": "{phone}"}, "id": "3"},
        {
            "type": "grouped_list",
            "value": {
                "groups": [
                    {"type": "item", "value": {"heading": "{clinic}", "items": ["{phone}"]}, "id": "4"}
                ]
            },
            "id": "5",
        },
    ]
    value = filled(body)
    assert value["heading"] == "At North & South"
    steps, quotation, groups = (child["value"] for child in value["body"])
    expected = {"title": "North & South", "text": "<p>North &amp; South</p>"}
    assert steps["items"][0]["value"] == expected
    assert quotation == {"text": "North & South", "attribution": "(416) 555-0123"}
    assert groups["groups"][0]["value"] == {"heading": "North & South", "items": ["<p>(416) 555-0123</p>"]}


def test_addresses_choices_and_ids_are_left_alone():
    body = [
        {
            "type": "video",
            "value": {"url": "https://vimeo.com/1?{clinic}", "title": "{clinic}"},
            "id": "{clinic}",
        },
        {"type": "callout", "value": {"style": "{clinic}", "text": "<p>Hello</p>"}, "id": "2"},
        {"type": "a block of long ago", "value": "{clinic}", "id": "3"},
    ]
    video, callout, old = filled(body)["body"]
    assert video["value"] == {"url": "https://vimeo.com/1?{clinic}", "title": "North & South"}
    assert video["id"] == "{clinic}"
    assert callout["value"]["style"] == "{clinic}"
    assert old["value"] == "{clinic}"


@given(st.recursive(plain, lambda inner: st.lists(inner) | st.dictionaries(plain, inner), max_leaves=8))
def test_strings_are_found_in_reading_order(raw):
    found = list(strings_in(raw))
    assert all(isinstance(text, str) for text in found)
    assert list(strings_in([raw, raw])) == found * 2


def test_filling_does_not_change_the_stored_value():
    stored = [section("At {clinic}", "Call {phone}.")]
    before = str(stored)
    fill_raw(SectionsBlock(), stored, WORDS)
    assert str(stored) == before
