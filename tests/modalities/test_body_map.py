"""Where does it hurt? The figure, the same choices in words, and the conditions that both lead to."""

import re
from html import unescape

import pytest
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from clinicsite.modalities.body_map import UNPLACED, body_map_of
from clinicsite.modalities.figure import AREAS
from clinicsite.modalities.models import ConditionPage
from clinicsite.modalities.regions import BodyRegion, regions_in, stored_regions
from tests.factories import ConditionIndexPageFactory, ConditionPageFactory
from tests.library.panel_form import edit_address, form_data


@pytest.fixture
def index(clinic):
    return ConditionIndexPageFactory(parent=clinic.home)


@pytest.fixture
def add(index):
    """A condition of the clinic: `add("Tennis elbow", "elbow")`."""
    return lambda title, regions, **fields: ConditionPageFactory(
        parent=index, title=title, body_regions=regions, **fields
    )


def map_in(html):
    """[(address, name)] of the figure's links, in the order of the keyboard."""
    (figure,) = re.findall(r'<svg class="body-map__figure".*?</svg>', html, re.DOTALL)
    links = re.findall(r'<a [^>]*href="([^"]*)">\s*<title>([^<]*)</title>', figure)
    assert len(links) == figure.count("<a ")
    return links


def list_in(html):
    """[(address, name)] of the same choices in words."""
    (chosen,) = re.findall(r'<ul class="region-list">.*?</ul>', html, re.DOTALL)
    links = re.findall(r'<a [^>]*href="([^"]*)">(.*?)</a>', chosen, re.DOTALL)
    return [(address, unescape(re.sub(r"<[^>]+>", "", words))) for address, words in links]


def rows_in(html):
    """[(title, names of its regions)] of the list of conditions."""
    (listed,) = re.findall(r'<ul class="conditions-by-region__list">.*?</ul>', html, re.DOTALL)
    rows = re.findall(
        r'<li data-regions="([^"]*)">.*?condition-row__link" href="[^"]*">([^<]*)<', listed, re.S
    )
    return [(title, regions.split()) for regions, title in rows]


def group_in(html, key):
    """The titles that a region's link leaves in the list."""
    assert f'<h2 class="conditions-by-region__title" id="{key}">' in html
    return [title for title, regions in rows_in(html) if key in regions]


def test_every_part_of_the_body_but_anywhere_is_drawn_from_head_to_foot():
    assert [*AREAS, BodyRegion.WHOLE_BODY] == list(BodyRegion)
    assert all(area.front or area.back for area in AREAS.values())


def test_the_figure_and_the_list_offer_the_same_choices_by_the_same_names(add, visit):
    add("Tennis elbow", "elbow")
    add("Golfer’s elbow", "elbow")
    add("Sciatica", "lower-back,thigh")
    html = visit("/conditions/").text
    assert map_in(html) == list_in(html)
    assert map_in(html) == [
        ("#lower-back", "Lower back: 1 condition"),
        ("#elbow", "Elbow: 2 conditions"),
        ("#thigh", "Thigh: 1 condition"),
    ]


def test_every_choice_leads_to_a_heading_with_its_conditions(add, visit):
    add("Tennis elbow", "elbow")
    add("Sciatica", "lower-back,thigh")
    html = visit("/conditions/").text
    for address, _name in list_in(html):
        assert html.count(f'id="{address[1:]}"') == 1
    assert group_in(html, "elbow") == ["Tennis elbow"]
    assert group_in(html, "thigh") == group_in(html, "lower-back") == ["Sciatica"]


def test_a_condition_of_several_regions_is_one_row_that_names_them(add, visit):
    add("Tennis elbow", "elbow")
    add("Sciatica", "lower-back,thigh")
    html = visit("/conditions/").text
    assert rows_in(html) == [("Sciatica", ["lower-back", "thigh"]), ("Tennis elbow", ["elbow"])]
    assert "Where: </span>Lower back, thigh" in html


def test_the_style_knows_every_region():
    css = (settings.BASE_DIR / "static/clinicsite/css/components/conditions-by-region.css").read_text()
    keys = [*BodyRegion.values, UNPLACED[0]]
    rules = [f':has(#{key}:target) li:not([data-regions~="{key}"])' for key in keys]
    assert [rule for rule in rules if rule not in css] == []


def test_what_lies_anywhere_or_nowhere_is_in_the_list_and_not_on_the_figure(add, visit):
    add("Tennis elbow", "elbow")
    add("Muscle spasm", "whole-body")
    add("Unplaced", None)
    html = visit("/conditions/").text
    assert [address for address, _name in map_in(html)] == ["#elbow"]
    assert [address for address, _name in list_in(html)] == ["#elbow", "#whole-body", "#more"]
    assert group_in(html, "more") == ["Unplaced"]


def test_a_page_on_which_nothing_can_be_pointed_at_has_no_figure(add, visit):
    add("Muscle spasm", "whole-body")
    html = visit("/conditions/").text
    assert "body-map__figure" not in html
    assert group_in(html, "whole-body") == ["Muscle spasm"]


def test_the_front_pages_figure_leads_to_the_list_of_conditions(add, visit):
    add("Tennis elbow", "elbow")
    html = visit("/").text
    assert map_in(html) == [("/conditions/#elbow", "Elbow: 1 condition")] == list_in(html)


def test_a_clinic_without_conditions_has_no_figure_on_its_front_page(clinic, visit):
    assert "body-map__figure" not in visit("/").text


def test_nothing_needs_a_script(add, visit):
    add("Tennis elbow", "elbow")
    (figure,) = re.findall(r'<div class="body-map".*?</svg>', visit("/conditions/").text, re.DOTALL)
    assert "<script" not in figure
    assert "data-" not in figure


def test_drafts_restricted_and_other_clinics_conditions_are_neither_shown_nor_counted(
    add, other_clinic, visit
):
    add("Tennis elbow", "elbow")
    add("Draft", "elbow", live=False)
    secret = add("Secret", "knee")
    PageViewRestriction.objects.create(page=secret, restriction_type="password", password="open sesame")
    ConditionPageFactory(parent__parent=other_clinic.home, title="Theirs", body_regions="foot-ankle")
    for path in ("/", "/conditions/"):
        assert [name for _address, name in list_in(visit(path).text)] == ["Elbow: 1 condition"]


def test_a_follower_is_where_the_library_says_unless_the_clinic_says_otherwise(add, library, visit):
    shared = ConditionPageFactory(parent=library, body_regions="elbow")
    page = add("Tennis elbow", None, library_page=shared)
    for regions, expected in ((None, ["#elbow"]), ("knee", ["#knee"])):
        page.body_regions = regions
        page.save()
        assert [address for address, _name in list_in(visit("/conditions/").text)] == expected


@pytest.mark.parametrize("path", ["/", "/conditions/"])
def test_any_number_of_conditions_costs_the_same(add, library, visit, path):
    def queries():
        visit(path)
        with CaptureQueriesContext(connection) as captured:
            visit(path)
        return len(captured)

    def follower(number):
        shared = ConditionPageFactory(parent=library, title=f"Shared {number}", body_regions="elbow,knee")
        add(f"Condition {number}", None, library_page=shared)

    follower(0)
    few = queries()
    for number in range(1, 6):
        follower(number)
    assert queries() == few


def test_no_condition_makes_no_map():
    body_map = body_map_of([])
    assert (body_map.url, body_map.groups, body_map.is_useful) == ("", (), False)


@pytest.mark.parametrize("stored", [None, "", "tail", "tail,wings"])
def test_what_names_no_region_is_none(stored):
    assert regions_in(stored) == []


def test_regions_are_stored_from_top_to_bottom_each_once():
    assert stored_regions(["knee", "head", "knee"]) == "head,knee"


@pytest.mark.parametrize("stored", ["tail", "knee,head", "head,,knee", "head, knee"])
def test_a_value_that_no_form_can_send_is_refused(index, stored):
    page = ConditionPageFactory(parent=index)
    page.body_regions = stored
    with pytest.raises(ValidationError) as refused:
        page.full_clean()
    assert "body_regions" in refused.value.message_dict


def post(browser, page, regions=()):
    data = form_data(page) | {"body_regions": regions, "action-publish": "1"}
    return browser.post(edit_address(page), data)


def test_an_owner_ticks_regions_and_unticks_them_again(add, library, owner, admin_client_of):
    shared = ConditionPageFactory(parent=library, body_regions="elbow")
    page = add("Tennis elbow", None, library_page=shared)
    browser = admin_client_of(owner)
    assert post(browser, page, ["wrist-hand", "elbow"]).status_code == 302
    assert ConditionPage.objects.get(pk=page.pk).body_regions == "elbow,wrist-hand"
    assert post(browser, page).status_code == 302
    page = ConditionPage.objects.get(pk=page.pk)
    assert page.body_regions is None
    assert page.composed_body_region == "Elbow"
    assert "the library&#x27;s: Elbow." in browser.get(edit_address(page)).text
    assert post(browser, page, ["tail"]).status_code == 200


@pytest.mark.django_db
def test_a_revision_from_before_there_were_several_regions_is_read():
    data = {"pk": None, "title": "Old", "slug": "old"}
    for former, present in (("back", "upper-back,lower-back"), ("knee", "knee"), (None, None), ("", "")):
        page = ConditionPage.from_serializable_data(data | {"body_region": former}, check_fks=False)
        assert page.body_regions == present


def regions_by_slug():
    return dict(ConditionPage.objects.values_list("slug", "body_regions"))
