"""What counts as a changed text: what a patient reads, and nothing else."""

import hashlib
from copy import deepcopy
from dataclasses import replace
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wagtail import blocks

from clinicsite.core.blocks import BodyBlock
from clinicsite.library.composition import Lock, Section
from clinicsite.library.equality import body_meaning, fingerprint, meaning, same_words

words = st.sampled_from(["", "needle", "muscle", "{clinic}", "2"])
rich_texts = words.map(lambda text: f'<p data-block-key="a1b2c">{text}</p>')


def block(kind, value):
    return st.fixed_dictionaries({"type": st.just(kind), "value": value, "id": st.uuids().map(str)})


def listed(value):
    item = {"type": st.just("item"), "value": value, "id": st.uuids().map(str)}
    return st.lists(st.fixed_dictionaries(item), max_size=2)


titled = st.fixed_dictionaries({"title": words}, optional={"text": rich_texts})
bodies = st.lists(
    st.one_of(
        block("paragraph", rich_texts),
        block("steps", st.fixed_dictionaries({"items": listed(titled)})),
        block(
            "benefits",
            st.fixed_dictionaries(
                {"items": listed(titled)}, optional={"intro": words, "is_numbered": st.booleans()}
            ),
        ),
        block(
            "callout",
            st.fixed_dictionaries(
                {"text": rich_texts},
                optional={"heading": words, "style": st.sampled_from(["information", "urgent"])},
            ),
        ),
        block(
            "grouped_list",
            st.fixed_dictionaries(
                {"groups": listed(st.fixed_dictionaries({"heading": words, "items": listed(words)}))}
            ),
        ),
    ),
    max_size=3,
)
sections = st.builds(Section, st.just("s"), st.sampled_from(["overview", "cost"]), words, bodies)


def with_new_marks(value):
    """The same stored value as an editor's browser sends it back: other ids, other marks."""
    if isinstance(value, list):
        return [with_new_marks(one) for one in value]
    if isinstance(value, dict):
        renewed = {name: with_new_marks(one) for name, one in value.items()}
        return renewed | ({"id": str(uuid4())} if "id" in value else {})
    return value.replace("a1b2c", "x9y8z") if isinstance(value, str) else value


def texts_in(value, path=()):
    """The paths to every text that is read."""
    if isinstance(value, list):
        return [found for index, one in enumerate(value) for found in texts_in(one, (*path, index))]
    if isinstance(value, dict):
        read = [name for name in value if name not in ("id", "type", "style")]
        return [found for name in read for found in texts_in(value[name], (*path, name))]
    return [path] if isinstance(value, str) else []


def with_another_text(body, path):
    changed = deepcopy(body)
    *way, last = path
    place = changed
    for step in way:
        place = place[step]
    place[last] = "<p>Changed by the library.</p>"
    return changed


@given(sections)
def test_ids_and_the_editors_marks_are_no_words(section):
    renewed = replace(section, body=with_new_marks(section.body))
    assert same_words(section, renewed)
    assert fingerprint(section) == fingerprint(renewed)


@given(sections, sections)
def test_the_two_measures_agree(one, other):
    assert same_words(one, other) is (fingerprint(one) == fingerprint(other))


@given(sections, sections)
def test_which_of_two_is_the_older_makes_no_difference(one, other):
    assert same_words(one, other) is same_words(other, one)


@given(sections.filter(lambda section: texts_in(section.body)), st.data())
def test_any_text_that_is_changed_is_noticed(section, data):
    path = data.draw(st.sampled_from(texts_in(section.body)))
    changed = replace(section, body=with_another_text(section.body, path))
    assert not same_words(section, changed)
    assert fingerprint(section) != fingerprint(changed)


@given(sections.filter(lambda section: section.body), st.data())
def test_a_block_that_is_removed_or_moved_is_noticed(section, data):
    at = data.draw(st.integers(0, len(section.body) - 1))
    less = section.body[:at] + section.body[at + 1 :]
    assert not same_words(section, replace(section, body=less))
    turned = section.body[::-1]
    is_same = body_meaning(turned) == body_meaning(section.body)
    assert same_words(section, replace(section, body=turned)) is is_same
    assert is_same is (
        [body_meaning([one]) for one in turned] == [body_meaning([one]) for one in section.body]
    )


@given(sections)
def test_a_heading_and_what_a_section_is_about_are_words_and_a_lock_is_none(section):
    assert not same_words(section, replace(section, heading="Another heading"))
    assert not same_words(section, replace(section, kind="aftercare"))
    assert same_words(section, replace(section, lock=Lock.LOCKED, lock_reason="Safety."))


def callout(**value):
    return [{"type": "callout", "id": "1", "value": {"text": "<p>Rest.</p>", **value}}]


@pytest.mark.parametrize("left", [{"heading": ""}, {"heading": None}, {"style": "information"}])
def test_a_field_left_at_its_default_says_nothing(left):
    assert body_meaning(callout(**left)) == body_meaning(callout())


@pytest.mark.parametrize("chosen", [{"heading": "Mind"}, {"style": "urgent"}])
def test_a_field_that_is_chosen_says_something(chosen):
    assert body_meaning(callout(**chosen)) != body_meaning(callout())


def test_a_choice_back_to_nothing_is_a_choice_where_the_default_is_something():
    assert body_meaning(callout(style="")) != body_meaning(callout())


class GrownCallout(BodyBlock().child_blocks["callout"].__class__):
    """The callout of a later release: it has gained two fields with defaults."""

    icon_name = blocks.CharBlock(required=False, default="bell")
    count = blocks.IntegerBlock(required=False)


@given(rich_texts, words)
def test_a_block_that_gains_a_field_with_a_default_marks_no_text_as_changed(text, heading):
    before = {"text": text, "heading": heading}
    grown, today = GrownCallout(), BodyBlock().child_blocks["callout"]
    saved_since = grown.get_prep_value(grown.to_python(before))
    assert saved_since["icon_name"] == "bell"
    assert meaning(grown, saved_since) == meaning(grown, before) == meaning(today, before)
    assert meaning(grown, {**before, "count": 0}) != meaning(grown, before)


def test_a_list_from_before_items_had_ids_means_the_same():
    groups = [{"heading": "Have", "items": ["pain", "stiffness"]}]
    old = [{"type": "grouped_list", "id": "1", "value": {"groups": groups}}]
    block = BodyBlock()
    opened = block.to_python(old)
    assert opened[0].value["groups"][0]["heading"] == "Have"
    saved_since = block.get_prep_value(opened)
    assert saved_since != old
    assert body_meaning(saved_since) == body_meaning(old)


def test_links_and_formatting_are_words():
    plain = [{"type": "paragraph", "value": "<p>Rest for a day.</p>", "id": "1"}]
    for other in ("<p>Rest for a <b>day</b>.</p>", '<p>Rest for a <a linktype="page" id="4">day</a>.</p>'):
        assert body_meaning([{**plain[0], "value": other}]) != body_meaning(plain)


@pytest.mark.parametrize("damaged", [None, "words", 3, ["words"], [None], [{"type": "paragraph"}], [{}]])
def test_a_damaged_body_is_compared_as_it_is_stored(damaged):
    section = Section("s", "overview", "Heading", damaged)
    assert fingerprint(section) == fingerprint(deepcopy(section))
    assert not same_words(section, replace(section, body=callout()))


def test_fingerprint_of_today_is_the_one_that_is_stored_since_the_first_release():
    section = Section("s", "risks", "Heading", callout(style="urgent"))
    words = '["risks", "Heading", [["callout", {"style": "urgent", "text": "<p>Rest.</p>"}]]]'
    assert fingerprint(section) == hashlib.sha256(words.encode()).hexdigest()[:32]


def test_damaged_value_has_one_fingerprint_in_whatever_order_the_database_gives_its_fields():
    one, other = ([{"b": 1, "a": 2}], [{"a": 2, "b": 1}])
    assert fingerprint(Section("s", "", "", one)) == fingerprint(Section("s", "", "", other))


def test_text_without_markup_means_each_of_its_characters():
    assert body_meaning(callout(heading="&quot;Rest&quot;")) != body_meaning(callout(heading='"Rest"'))
    assert body_meaning(callout(text="&quot;Rest&quot;")) == body_meaning(callout(text='"Rest"'))


def test_child_that_is_damaged_or_of_a_type_that_is_gone_means_what_is_stored():
    assert body_meaning([None, {"type": "paragraph"}]) == [None, {"type": "paragraph"}]
    assert body_meaning([{"type": "map", "id": "1", "value": {"at": "<p>x</p>"}}]) == [
        ["map", {"at": "<p>x</p>"}]
    ]


def test_field_that_the_block_has_no_more_says_what_is_stored_unless_it_is_empty():
    assert body_meaning(callout(former="Mind")) != body_meaning(callout())
    assert body_meaning(callout(former="Mind")) != body_meaning(callout(former="Note"))
    assert body_meaning(callout(former="")) == body_meaning(callout())


class Options(blocks.StructBlock):
    """Fields with every kind of default."""

    is_shown = blocks.BooleanBlock(required=False, default=True)
    is_wide = blocks.BooleanBlock(required=False)
    note = blocks.RichTextBlock(required=False, default='<p data-block-key="a1b2c">Call us.</p>')
    names = blocks.ListBlock(blocks.CharBlock(), default=["Ann"])


@pytest.mark.parametrize(
    "unsaid",
    [
        {"is_shown": True},
        {"is_wide": False},
        {"is_wide": None},
        {"is_wide": ""},
        {"note": '<p data-block-key="x9y8z">Call us.</p>'},
        {"names": [{"type": "item", "id": "1", "value": "Ann"}]},
    ],
)
def test_default_of_whatever_kind_says_nothing_however_it_is_written_down(unsaid):
    assert meaning(Options(), unsaid) == {}


@pytest.mark.parametrize(
    ("chosen", "said"),
    [
        ({"is_shown": False}, {"is_shown": False}),
        ({"is_wide": True}, {"is_wide": True}),
        ({"note": "<p>Write.</p>"}, {"note": "<p>Write.</p>"}),
        ({"note": ""}, {"note": ""}),
        ({"names": []}, {"names": []}),
        ({"names": ["Ann", "Bo"]}, {"names": ["Ann", "Bo"]}),
    ],
)
def test_choice_other_than_the_default_says_what_was_chosen(chosen, said):
    assert meaning(Options(), chosen) == said
