"""Citations and links of the page being rendered."""

import re

import html5lib
import pytest
from hypothesis import given
from hypothesis import strategies as st

from clinicsite.core.rendering import current_rendering, rendering_for, strings_in
from clinicsite.core.rich_text.printing import printed
from clinicsite.modalities.models import Reference
from tests.factories import ModalityIndexPageFactory, ModalityPageFactory, ReferenceFactory, section


def cite(ident, words="[1]"):
    """A citation as rich text stores it."""
    return f'<a linktype="clinicsite-citation" id="{ident}">{words}</a>'


def numbers(html):
    return [int(number) for number in re.findall(r">\[(\d+)\]</a></sup>", html)]


def test_citations_are_numbered_in_the_order_they_are_read():
    with rendering_for(None) as rendering:
        rendering.prepare([f"<p>One {cite(30)} two {cite(7)}</p>", f"<p>{cite(12)}</p>"])
        assert numbers(printed(f"{cite(30)}{cite(7)}{cite(12)}")) == [1, 2, 3]


def test_what_is_printed_first_keeps_the_number_of_its_place_on_the_page():
    with rendering_for(None) as rendering:
        rendering.prepare([cite(30), cite(7)])
        assert numbers(printed(cite(7))) == [2]
        assert numbers(printed(cite(30))) == [1]


def test_a_repeated_citation_keeps_its_number_and_has_a_mark_of_its_own():
    with rendering_for(None) as rendering:
        html = printed(f"{cite(30)}{cite(7)}{cite(30)}")
        assert numbers(html) == [1, 2, 1]
        assert re.findall(r'id="([^"]+)"', html) == ["cite-1-1", "cite-2-1", "cite-1-2"]
        assert rendering.citations[30].anchors == ["cite-1-1", "cite-1-2"]


def test_each_page_counts_from_one():
    for _ in range(2):
        with rendering_for(None):
            assert numbers(printed(cite(30))) == [1]


def test_a_rendering_within_another_leaves_the_outer_one_alone(clinic):
    with rendering_for(clinic.site) as outer:
        printed(cite(30))
        with rendering_for(None) as inner:
            assert numbers(printed(cite(7))) == [1]
            assert current_rendering() is inner
        assert current_rendering() is outer
        assert numbers(printed(cite(7))) == [2]


def test_a_rendering_ends_when_its_page_fails():
    with pytest.raises(RuntimeError), rendering_for(None) as rendering:
        raise RuntimeError
    assert current_rendering() is not rendering


@pytest.mark.parametrize("ident", ["", "x", "1x", "-1"])
def test_a_citation_without_a_reference_is_plain_words(ident):
    with rendering_for(None) as rendering:
        assert (
            printed(f"<p>Some say so{cite(ident, ' (see there)')}.</p>") == "<p>Some say so (see there).</p>"
        )
        assert rendering.citations == {}


@given(
    st.text(st.characters(exclude_characters="<>", codec="utf-8")), st.sampled_from(["p", "b", "li", "abbr"])
)
def test_finishing_leaves_other_markup_alone(words, tag):
    html = f'<{tag}>{words}</{tag}><a href="/there/">{words}</a><a data-document="1">{words}</a>'
    assert printed(html) == html


def test_the_list_has_each_reference_once_by_number_in_one_query(db, django_assert_num_queries):
    first, second, _uncited = (ReferenceFactory() for _ in range(3))
    with rendering_for(None) as rendering:
        rendering.prepare([cite(second.pk), cite(first.pk), cite(second.pk)])
        with django_assert_num_queries(1):
            listed = Reference.objects.numbered(rendering)
    assert [(item.number, item.reference) for item in listed] == [(1, second), (2, first)]


def test_a_page_that_cites_nothing_asks_for_no_references(db, django_assert_num_queries):
    with rendering_for(None) as rendering, django_assert_num_queries(0):
        assert Reference.objects.numbered(rendering) == []


def test_on_a_page_every_mark_leads_to_its_reference_and_every_reference_back(visit, clinic):
    first, second = ReferenceFactory(title="On needles"), ReferenceFactory(title="On muscles")
    sections = [
        section("Evidence", f"It helps some {cite(second.pk)}{cite(first.pk)}."),
        section("More", f"For a while {cite(second.pk)}."),
    ]
    parent = ModalityIndexPageFactory(parent=clinic.home)
    ModalityPageFactory(parent=parent, title="Dry needling", sections=sections)
    response = visit("/treatments/dry-needling/")
    assert response.status_code == 200
    page = html5lib.parse(response.text, namespaceHTMLElements=False)
    ids = [node.get("id") for node in page.iter() if node.get("id")]
    targets = {node.get("href")[1:] for node in page.iter("a") if (node.get("href") or "").startswith("#")}
    assert {"ref-1", "ref-2", "cite-1-1", "cite-1-2", "cite-2-1"} <= targets
    assert targets <= set(ids)
    assert len(ids) == len(set(ids))
    listed = [
        " ".join(node.itertext()) for node in page.iter("li") if (node.get("id") or "").startswith("ref-")
    ]
    assert ["On muscles" in listed[0], "On needles" in listed[1]] == [True, True]


@given(st.lists(st.integers(1, 6), max_size=12))
def test_numbers_follow_first_sight_whatever_is_cited(cited):
    with rendering_for(None) as rendering:
        found = numbers(printed("".join(cite(ident) for ident in cited)))
        assert list(rendering.citations) == list(dict.fromkeys(cited))
    assert found == [list(dict.fromkeys(cited)).index(ident) + 1 for ident in cited]


def test_strings_are_found_wherever_a_stored_value_holds_them():
    assert list(strings_in([{"type": "a", "value": ["b", {"x": ("c", 1, None, True)}]}, "d"])) == list("abcd")
