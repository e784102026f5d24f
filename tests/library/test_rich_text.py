"""Tokens and library links in the rich-text editor of the admin."""

import json

import pytest
from django.urls import reverse
from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.blocks import ListBlock, RichTextBlock, StreamBlock, StructBlock

from clinicsite.core.blocks import BodyBlock
from clinicsite.core.conf import conf
from clinicsite.home.models import StandardPage
from clinicsite.library.blocks import ClinicalSectionBlock, LibrarySectionsBlock, WrittenSectionsBlock
from clinicsite.library.models import SectionOverride
from clinicsite.library.tokens.names import FEATURE, LINK_TOKENS, TOKENS
from tests.library.pages import library_treatment

FEATURES = ["bold", "link", FEATURE]


def rich_texts_in(block):
    if isinstance(block, RichTextBlock):
        return [block]
    if isinstance(block, ListBlock):
        return rich_texts_in(block.child_block)
    if isinstance(block, StructBlock | StreamBlock):
        return [text for child in block.child_blocks.values() for text in rich_texts_in(child)]
    return []


@pytest.mark.parametrize(
    "block",
    [
        ClinicalSectionBlock(),
        LibrarySectionsBlock(),
        WrittenSectionsBlock(),
        SectionOverride._meta.get_field("body").stream_block,
    ],
    ids=lambda block: type(block).__name__,
)
def test_every_rich_text_of_a_clinical_section_offers_tokens(block):
    texts = rich_texts_in(block)
    assert len(texts) > 1
    assert all(FEATURE in text.features for text in texts)


@pytest.mark.parametrize("block", [BodyBlock(), StandardPage._meta.get_field("sections").stream_block])
def test_where_nobody_fills_tokens_none_are_offered(block):
    texts = rich_texts_in(block)
    assert len(texts) > 1
    assert not any(FEATURE in text.features for text in texts)


def test_the_editor_gets_every_token_and_what_stands_in_its_place():
    (text, *_others) = rich_texts_in(ClinicalSectionBlock())
    options = text.field.widget.options
    (menu,) = [one for one in options["entityTypes"] if one["type"] == "CLINICSITE_TOKEN"]
    assert {token["name"]: token["meaning"] for token in menu["tokens"]} == TOKENS
    assert {token["name"] for token in menu["tokens"] if token["linkWords"]} == set(LINK_TOKENS)
    (chips,) = options["decorators"]
    assert chips["props"]["meanings"] == TOKENS
    media = str(text.field.widget.media)
    assert "clinicsite/js/admin/tokens.js" in media
    assert "clinicsite/css/admin/tokens.css" in media


def test_tokens_and_links_to_them_pass_through_the_editor_as_they_are_stored():
    stored = '<p>[[Call <b>{phone}</b>.]] <a href="{booking_url}">Book online</a></p>'
    converter = ContentstateConverter(FEATURES)
    blocks = json.loads(converter.from_database_format(stored))
    assert blocks["blocks"][0]["text"] == "[[Call {phone}.]] Book online"
    back = converter.to_database_format(json.dumps(blocks))
    assert back.partition(">")[2] == stored.partition(">")[2]


def link_data(page_id):
    html = f'<p><a linktype="page" id="{page_id}">needling</a></p>'
    content = json.loads(ContentstateConverter(FEATURES).from_database_format(html))
    return content["entityMap"]["0"]["data"]


def test_a_link_to_a_published_library_page_is_no_broken_link(library):
    page = library_treatment(library)
    address = reverse("clinicsite_library:preview_choose", urlconf=conf.admin_urlconf, args=[page.pk])
    assert link_data(page.pk) == {"id": page.pk, "url": address, "parentId": library.pk}


def test_a_link_to_a_library_draft_or_to_nothing_is_a_broken_link(library):
    assert link_data(library_treatment(library, live=False).pk)["url"] is None
    assert link_data(999_999)["url"] is None


def test_a_link_to_a_clinics_own_page_has_its_address(clinic):
    assert link_data(clinic.home.pk)["url"] == clinic.home.url
