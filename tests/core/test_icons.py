"""Each icon is written once into a page, however often it shows."""

import re

import pytest
from django.template.loader import render_to_string

from clinicsite.core.icons import NoSuchIconError, collect, drawn, sprite
from clinicsite.core.rendering import rendering_for
from tests.factories import ConditionPageFactory


def test_a_page_holds_the_drawing_of_each_icon_it_uses_once_and_of_no_other(clinic, visit):
    page = ConditionPageFactory(parent__parent=clinic.home)
    text = visit(page.url).content.decode()
    used = re.findall(r'<use href="#icon-([\w-]+)"/>', text)
    kept = re.findall(r'<symbol id="icon-([\w-]+)"', text)
    assert used
    assert sorted(set(used)) == sorted(kept)


def test_the_drawings_come_before_the_end_of_the_page(clinic, visit):
    text = visit(clinic.home.url).content.decode()
    assert text.index("<symbol") < text.index("</body>")
    assert "<path" not in text[: text.index("<symbol")]


def test_an_icon_outside_a_page_that_collects_is_drawn_where_it_stands():
    assert "<path" in drawn("phone")
    assert "<use" not in drawn("phone")
    assert sprite() == ""


def test_a_fragment_of_a_page_is_complete_by_itself():
    html = render_to_string("clinicsite/components/announcement.html", {"text": "We close early."})
    assert "<circle" in html or "<path" in html


def test_one_page_does_not_draw_the_icons_of_another():
    with rendering_for(None):
        collect()
        drawn("phone")
        assert 'id="icon-phone"' in sprite()
        collect()
        drawn("mail")
        assert 'id="icon-phone"' not in sprite()


def test_a_misspelt_icon_is_named():
    with pytest.raises(NoSuchIconError, match="“phnoe”"):
        drawn("phnoe")
