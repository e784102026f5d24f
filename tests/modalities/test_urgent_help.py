"""When to get help now comes first on every clinical page, or is led to by its first line."""

import re

import pytest

from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
)
from tests.factories.sections import section

OVERVIEW = section("What is it?", kind="overview")
URGENT = section("When to get urgent help", "Call 911.", kind="urgent_help")
LINK = f'href="#s-{URGENT["id"]}">'
TYPES = [
    (ConditionIndexPageFactory, ConditionPageFactory),
    (ModalityIndexPageFactory, ModalityPageFactory),
    (BlogIndexPageFactory, BlogPageFactory),
]


@pytest.fixture(params=TYPES, ids=["condition", "treatment", "post"])
def shown(request, clinic, visit):
    """The main part of a clinical page with these sections, as a patient gets it."""
    index, factory = request.param

    def show(*sections):
        page = factory(parent=index(parent=clinic.home), sections=list(sections))
        text = visit(page.url).content.decode()
        return text[text.index("<main") : text.index("</main>")]

    return show


def test_a_page_that_begins_with_something_else_leads_to_urgent_help_first(shown):
    text = shown(OVERVIEW, URGENT)
    link = re.search(r'<p class="urgent-first">.*?</p>', text, re.DOTALL)
    assert LINK in link[0]
    assert "When to get help now" in link[0]
    assert link.start() < text.index("What is it?")
    assert f'id="s-{URGENT["id"]}"' in text


def test_a_page_that_begins_with_urgent_help_needs_no_link_to_it(shown):
    text = shown(URGENT, OVERVIEW)
    assert "urgent-first" not in text
    assert text.index("Call 911.") < text.index("What is it?")


def test_a_page_without_urgent_help_promises_none(shown):
    assert "urgent-first" not in shown(OVERVIEW)


def test_a_link_leads_to_the_first_of_several(shown):
    second = section("See a doctor today", kind="urgent_help")
    text = shown(OVERVIEW, URGENT, second)
    assert text.count('class="urgent-first"') == 1
    assert LINK in text
