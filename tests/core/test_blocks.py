"""The blocks every page is written from."""

import html5lib
import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string

from clinicsite.core.blocks import BodyBlock, ComparisonBlock, PictureBlock, VideoBlock
from clinicsite.core.checks import our_blocks
from tests.factories import ImageFactory, paragraph


@pytest.mark.django_db
@pytest.mark.parametrize("block", our_blocks(), ids=lambda block: type(block).__name__)
def test_every_blocks_preview_is_a_valid_value_and_renders_as_valid_html(block):
    value = block.get_preview_value()
    stored = block.get_prep_value(block.to_python(block.get_prep_value(value)))
    assert block.get_prep_value(block.to_python(stored)) == stored
    html = block.render(value)
    assert html.strip()
    parser = html5lib.HTMLParser()
    parser.parseFragment(html, container="main")
    assert [error for _position, error, _data in parser.errors] == []


def cleaned(block, **stored):
    return block.clean(block.to_python(stored))


def refused(block, **stored):
    """What a block says to a value it refuses, by field."""
    with pytest.raises(ValidationError) as refusal:
        cleaned(block, **stored)
    return {name: str(error) for name, error in refusal.value.block_errors.items()}


def comparison(columns, *rows):
    rows = [{"label": f"Row {number}", "cells": cells} for number, cells in enumerate(rows, start=1)]
    return {"caption": "Two ways", "columns": columns, "rows": rows}


def test_a_comparison_with_a_cell_for_each_column_is_accepted():
    value = cleaned(ComparisonBlock(), **comparison(["One", "Two"], ["a", "b"], ["c", "d"]))
    assert [list(row["cells"]) for row in value["rows"]] == [["a", "b"], ["c", "d"]]


@pytest.mark.parametrize("cells", [["a"], ["a", "b", "c"]])
def test_a_comparison_with_an_uneven_row_is_refused_by_name(cells):
    errors = refused(ComparisonBlock(), **comparison(["One", "Two"], ["a", "b"], cells))
    assert list(errors) == ["rows"]
    assert "Give each row 2 cells, one for each column. Check: Row 2." in errors["rows"]


def test_a_comparison_of_one_thing_is_refused():
    assert "columns" in refused(ComparisonBlock(), **comparison(["One"], ["a"]))


@pytest.mark.parametrize(
    ("address", "host", "embed"),
    [
        ("https://vimeo.com/123456", "vimeo", "https://player.vimeo.com/video/123456?autoplay=1&dnt=1"),
        (
            "https://www.youtube.com/watch?v=a_b-c1d2e3f&t=10",
            "youtube",
            "https://www.youtube-nocookie.com/embed/a_b-c1d2e3f?autoplay=1",
        ),
        (
            "https://youtu.be/a_b-c1d2e3f",
            "youtube",
            "https://www.youtube-nocookie.com/embed/a_b-c1d2e3f?autoplay=1",
        ),
    ],
)
def test_a_video_of_a_known_host_is_accepted(address, host, embed):
    value = cleaned(VideoBlock(), url=address, title="Three stretches")
    assert (value.host, value.embed_url) == (host, embed)


BAD_ADDRESSES = [
    "javascript:alert(1)",
    "javascript://vimeo.com/1%0aalert(1)",
    "data:text/html,https://vimeo.com/1",
    "http://vimeo.com/123456",
    "https://vimeo.com/",
    "https://vimeo.com.evil.example/123456",
    "https://evil.example/https://vimeo.com/123456",
    "https://vimeo.com@evil.example/123456",
    'https://vimeo.com/1"><script>',
    "https://youtu.be/tooshort",
    "https://www.youtube.com/playlist?list=PL1",
    "https://video.example/1",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES)
def test_a_video_from_anywhere_else_is_refused_at_the_address(address):
    errors = refused(VideoBlock(), url=address, title="Three stretches")
    assert list(errors) == ["url"]


@pytest.mark.parametrize("address", [*BAD_ADDRESSES, "", None])
def test_a_bad_address_that_was_stored_anyway_is_never_embedded_or_linked(db, address):
    value = VideoBlock().to_python({"url": address, "title": "Three stretches"})
    assert (value.host, value.embed_url) == ("", "")
    html = VideoBlock().render(value)
    links = [node.get("href") for node in html5lib.parseFragment(html, namespaceHTMLElements=False).iter("a")]
    assert not any((link or "").lower().startswith(("javascript:", "data:")) for link in links)
    assert "<script>" not in html


def test_a_video_loads_nothing_until_it_is_asked_for(db):
    value = cleaned(VideoBlock(), url="https://vimeo.com/123456", title="Three stretches")
    page = html5lib.parseFragment(VideoBlock().render(value), namespaceHTMLElements=False)
    loaded = [node for node in page.iter() if node.tag in ("iframe", "script", "video", "embed", "link")]
    assert loaded == []
    assert not any("vimeo" in (node.get("src") or "") for node in page.iter())


@pytest.mark.parametrize("number", [1, 6])
def test_all_pictures_of_a_body_load_in_two_queries(db, django_assert_num_queries, number):
    pictures = [ImageFactory(title=f"Picture {n}") for n in range(number)]
    stored = [
        {"type": "picture", "value": {"image": picture.pk, "caption": picture.title}, "id": str(picture.pk)}
        for picture in pictures
    ]
    with django_assert_num_queries(2):
        body = BodyBlock().to_python([paragraph("First."), *stored])
        shown = [child.value["image"] for child in body if child.block_type == "picture"]
        assert [len(picture.renditions.all()) for picture in shown] == [0] * number
    assert shown == pictures


def test_a_picture_that_was_deleted_leaves_the_rest_of_the_page(db):
    body = BodyBlock().to_python(
        [{"type": "picture", "value": {"image": 999}, "id": "1"}, paragraph("Still here.")]
    )
    assert "Still here." in BodyBlock().render(body)


@pytest.mark.parametrize(
    ("own", "is_decorative", "expected"),
    [("", False, 'alt="A hand"'), ("Two hands", False, 'alt="Two hands"'), ("Two hands", True, 'alt=""')],
)
def test_a_picture_is_described_in_the_pages_words_then_its_own(db, own, is_decorative, expected):
    picture = ImageFactory(alt_text="A hand")
    value = PictureBlock().to_python({"image": picture.pk, "alt": own, "is_decorative": is_decorative})
    assert expected in PictureBlock().render(value)


def test_plain_text_of_a_block_is_never_markup(db):
    stored = {"text": "<script>alert(1)</script>", "attribution": "<b>Me</b>"}
    quotation = BodyBlock().child_blocks["quotation"]
    html = quotation.render(quotation.to_python(stored))
    assert "<script>" not in html
    assert "<b>" not in html
    assert (
        render_to_string("clinicsite/components/button.html", {"url": "/", "text": "<b>"}).count("<b>") == 0
    )
