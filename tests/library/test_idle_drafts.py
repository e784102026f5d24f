"""A draft that says nothing new keeps no answer from going live."""

import pytest

from clinicsite.library.answering import answers, held_pages
from clinicsite.library.answering.drafts import can_publish_at_once, forget_if_idle
from tests.library.bodies import text
from tests.library.pages import AFTERCARE, follower_of, fresh, library_treatment, take_over


@pytest.fixture
def page(library, clinic):
    page = follower_of(library_treatment(library), clinic)
    take_over(page, AFTERCARE, "Afterwards", "Say &quot;stop&quot; at any time.")
    fresh(page).save_revision().publish()
    return page


def test_a_draft_saved_without_a_change_is_none(page, owner):
    fresh(page).save_revision()
    assert not can_publish_at_once(fresh(page), owner)
    assert forget_if_idle(page)
    assert can_publish_at_once(fresh(page), owner)


def test_a_draft_the_editor_has_only_written_down_differently_is_none(page):
    draft = fresh(page)
    record = answers.record_of(draft, AFTERCARE["id"])
    child = record.body.raw_data[0]
    record.body = [{**child, "value": '<p data-block-key="abcde">Say "stop" at any time.</p>'}]
    draft.save_revision()
    assert forget_if_idle(page)


@pytest.mark.parametrize(
    "change",
    [
        lambda draft: setattr(draft, "title", "Another title"),
        lambda draft: setattr(draft, "summary", ""),
        lambda draft: setattr(answers.record_of(draft, AFTERCARE["id"]), "heading", "Another heading"),
        lambda draft: setattr(answers.record_of(draft, AFTERCARE["id"]), "body", [text("Other words.")]),
        lambda draft: answers.return_to_library(draft, AFTERCARE["id"]),
        lambda draft: held_pages.hold(draft),
    ],
)
def test_a_draft_that_says_something_stays_a_draft(page, change):
    draft = fresh(page)
    change(draft)
    draft.save_revision()
    assert not forget_if_idle(page)
    assert fresh(page).has_unpublished_changes


def test_a_page_that_is_not_live_stays_so(page):
    fresh(page).unpublish()
    assert not forget_if_idle(page)
