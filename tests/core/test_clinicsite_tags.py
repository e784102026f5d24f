"""The helpers of the public templates."""

import pytest
from django.template import Context, Template, TemplateSyntaxError

from clinicsite.clinics.profile import MenuItem
from clinicsite.core.rendering import rendering_for
from clinicsite.core.templatetags.clinicsite_tags import ancestors, at, icon
from tests.factories import ModalityIndexPageFactory, ModalityPageFactory, StandardPageFactory

MENU = (MenuItem("Treatments", "/treatments/"), MenuItem("About", "/about/"))


def test_an_icon_is_drawn_in_the_page_and_hidden_from_screen_readers():
    drawn = icon("phone")
    assert drawn.startswith('<svg class="icon"')
    assert 'aria-hidden="true"' in drawn


def test_a_misspelt_icon_is_named_in_the_error():
    with pytest.raises(TemplateSyntaxError, match="“phnoe”"):
        icon("phnoe")


def test_a_list_without_that_place_gives_nothing():
    assert at(["one"], 1) == ""


def test_a_way_back_through_the_menu_costs_no_query(clinic, django_assert_num_queries):
    page = ModalityPageFactory(parent=ModalityIndexPageFactory(parent=clinic.home))
    with rendering_for(clinic.site), django_assert_num_queries(0):
        assert [step.url for step in ancestors(page, MENU)] == ["/treatments/"]


def test_a_way_back_through_a_page_outside_the_menu_is_complete(clinic):
    parent = StandardPageFactory(parent=clinic.home, title="Fees", slug="fees")
    page = StandardPageFactory(parent=parent, title="Insurers", slug="insurers")
    with rendering_for(clinic.site):
        assert ancestors(page, MENU) == [("Fees", "/fees/")]


def test_a_library_preview_has_no_way_back():
    template = Template("{% load clinicsite_tags %}{{ page|ancestors:menu|length }}")
    assert template.render(Context({"page": "no page", "menu": None})) == "0"
