"""The one way through stored blocks."""

import pytest
from wagtail import blocks

from clinicsite.library.stored import list_items
from clinicsite.library.stored_blocks import definitions_in, leaves, parts_of, with_leaves


class Step(blocks.StructBlock):
    name = blocks.CharBlock()
    lines = blocks.ListBlock(blocks.CharBlock())


class Body(blocks.StreamBlock):
    paragraph = blocks.RichTextBlock()
    step = Step()


BODY = Body()
#: With fields in another order than they are defined in, an item as very old ones are, and what is gone.
RAW = [
    {"type": "paragraph", "value": "<p>One</p>", "id": "a"},
    {
        "type": "step",
        "value": {
            "lines": ["bare", {"type": "item", "value": "wrapped", "id": "c"}],
            "name": "Two",
            "gone": 1,
        },
        "id": "b",
    },
    {"type": "forgotten", "value": {"text": "No longer read"}, "id": "d"},
    "damaged",
]


def test_everything_that_is_read_comes_once_in_the_order_of_its_definition():
    assert [value for _, value in leaves(BODY, RAW)] == ["<p>One</p>", "Two", "bare", "wrapped"]


def test_each_value_comes_with_its_own_definition():
    found = [type(block) for block, _ in leaves(BODY, RAW)]
    assert found == [blocks.RichTextBlock, blocks.CharBlock, blocks.CharBlock, blocks.CharBlock]


def test_what_is_put_in_place_of_a_text_leaves_ids_and_all_else_alone():
    changed = with_leaves(BODY, RAW, lambda block, value: value.upper())
    assert changed == [
        {"type": "paragraph", "value": "<P>ONE</P>", "id": "a"},
        {
            "type": "step",
            "value": {
                "lines": ["BARE", {"type": "item", "value": "WRAPPED", "id": "c"}],
                "name": "TWO",
                "gone": 1,
            },
            "id": "b",
        },
        *RAW[2:],
    ]


def test_the_stored_value_itself_is_left_as_it_is():
    before = repr(RAW)
    with_leaves(BODY, RAW, lambda block, value: "")
    assert repr(RAW) == before


@pytest.mark.parametrize("raw", [None, "text", 3, {"type": "paragraph"}])
def test_a_value_that_is_not_in_the_blocks_form_is_one_piece(raw):
    assert parts_of(BODY, raw) is None
    assert list(leaves(BODY, raw)) == [(BODY, raw)]


def test_the_view_of_a_streams_stored_value_is_read_like_a_list():
    stream = blocks.StreamValue(BODY, RAW[:2], is_lazy=True)
    assert [value for _, value in leaves(BODY, stream.raw_data)] == ["<p>One</p>", "Two", "bare", "wrapped"]


def test_a_part_knows_its_name_and_id():
    parts = parts_of(BODY, RAW)
    assert [(part.name, part.id) for part in parts] == [
        ("paragraph", "a"),
        ("step", "b"),
        ("forgotten", "d"),
        ("", ""),
    ]
    assert [part.block is None for part in parts] == [False, False, True, True]


def test_items_are_read_as_they_are_written():
    block = blocks.ListBlock(blocks.CharBlock())
    assert [value for _, value in leaves(block, list_items(["one", "two"]))] == ["one", "two"]


def test_definitions_are_found_at_every_depth():
    found = [type(block).__name__ for block in definitions_in(BODY)]
    assert found == ["Body", "RichTextBlock", "Step", "CharBlock", "ListBlock", "CharBlock"]
