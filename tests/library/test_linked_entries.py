"""Entries of a grouped list lead to conditions, in the words of whoever typed them."""

import pytest
from django.test import Client

from clinicsite.library.composition import Section
from clinicsite.library.equality import fingerprint
from tests.factories import (
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    StandardPageFactory,
    section,
)

pytestmark = pytest.mark.django_db


def grouped(*entries):
    items = [{"type": "item", "value": entry, "id": f"e{n}"} for n, entry in enumerate(entries)]
    group = {"type": "item", "value": {"heading": "Arm", "items": items}, "id": "g"}
    return {"type": "grouped_list", "value": {"groups": [group]}, "id": "list"}


def link(page, words):
    return f'<p data-block-key="k">{words.format(f"""<a linktype="page" id="{page.pk}">""", "</a>")}</p>'


def entries_of(html):
    return html.partition('<ul class="group__list">')[2].partition("</ul>")[0]


def test_an_entry_leads_to_the_own_clinics_condition_in_the_words_as_typed(clinic, visit):
    elbow = ConditionPageFactory(parent__parent=clinic.home, title="Lateral epicondylitis", slug="elbow")
    body = [grouped(link(elbow, "{}Tennis elbow{} &amp; the like"), "Hip & knee")]
    StandardPageFactory(parent=clinic.home, title="What we treat", sections=[section("All", body=body)])
    assert entries_of(visit("/what-we-treat/").text) == (
        '<li><a href="/conditions/elbow/">Tennis elbow</a> &amp; the like</li><li>Hip &amp; knee</li>'
    )


def test_an_entry_of_the_library_leads_to_the_follower_and_is_plain_where_there_is_none(
    clinic, other_clinic, library, visit
):
    elbow = ConditionPageFactory(parent=library, title="Tennis elbow")
    body = [grouped(link(elbow, "{}Tennis elbow{}"))]
    needling = ModalityPageFactory(parent=library, title="Needling", sections=[section("For", body=body)])
    for one in (clinic, other_clinic):
        ModalityPageFactory(
            parent=ModalityIndexPageFactory(parent=one.home),
            title="Needling",
            library_page=needling,
            sections=[],
        )
    index = ConditionIndexPageFactory(parent=clinic.home)
    ConditionPageFactory(parent=index, title="Sore elbow", library_page=elbow, sections=[])
    assert entries_of(visit("/treatments/needling/").text) == (
        '<li><a href="/conditions/sore-elbow/">Tennis elbow</a></li>'
    )
    shown = Client(HTTP_HOST=other_clinic.host).get("/treatments/needling/").text
    assert entries_of(shown) == "<li>Tennis elbow</li>"


def test_an_entry_that_could_be_a_link_now_is_no_other_text(clinic):
    def mark(*entries):
        return fingerprint(Section("s", "other", "For", [grouped(*entries)]))

    before = mark("Hip & knee")
    assert mark('<p data-block-key="k">Hip &amp; knee</p>') == before
    # As it was worked out when entries were plain words.
    assert before == "01436d85445b299dd375b408ee1e8b42"
    assert mark('<p data-block-key="k"><a linktype="page" id="3">Hip &amp; knee</a></p>') != before
