"""A held page holds all that it says of the library, the sentence under its title and its picture too."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from clinicsite.library.answering import held_pages
from clinicsite.library.inbox.questions import Answer, UpdateKind
from clinicsite.library.joining.independence import follow, leave
from tests.factories import BlogIndexPageFactory, BlogPageFactory, ImageFactory, section
from tests.library.pages import AFTERCARE, COST, OVERVIEW, RISKS, edit_library, follower_of, fresh, headings
from tests.library.panel_form import edit_address
from tests.library.test_answers import refusal
from tests.library.test_answers import say as answer
from tests.library.test_inbox import asked, say

ALL = (OVERVIEW, AFTERCARE, RISKS, COST)
OLD, NEW = "A thin needle for a tight muscle.", "A needle may ease a tight muscle."


@pytest.fixture
def pictures():
    return ImageFactory(title="Old"), ImageFactory(title="New")


@pytest.fixture
def held(treatment, follower, pictures):
    """A page that was held before the library gave its page another summary, name and picture."""
    edit_library(treatment, *ALL, summary=OLD, alternate_names="Dry needles", hero_image=pictures[0])
    page = answer(follower, held_pages.hold)
    edit_library(treatment, *ALL, summary=NEW, alternate_names="Needling", hero_image=pictures[1])
    return page


def read(page):
    page = fresh(page)
    return page.composed_summary, page.composed_alternate_names, page.composed_hero_image.title


def test_patients_read_what_the_clinic_accepted_until_it_approves(held):
    assert read(held) == (OLD, ["Dry needles"], "Old")
    assert read(answer(held, held_pages.accept_waiting)) == (NEW, ["Needling"], "New")
    assert fresh(held).get_waiting_details() == []


def test_following_live_shows_the_new_ones_at_once(held):
    assert read(answer(held, held_pages.follow_live)) == (NEW, ["Needling"], "New")


def test_what_waits_is_asked_once_and_approved_by_itself(held, treatment, clinic, owner):
    newer = section("Cost", "More.", kind="cost")
    edit_library(treatment, OVERVIEW, AFTERCARE, RISKS, {**newer, "id": COST["id"]}, summary=NEW)
    question = asked(clinic, owner)[UpdateKind.WAITING, "Dry needling"]
    assert question.what == (
        "You hold this page; patients read and see what you accepted. New in the library: "
        f"summary: “{NEW}”, also known as: “Needling”, picture."
    )
    assert say(clinic, owner, Answer.APPROVE, question).is_done
    assert read(held) == (NEW, ["Needling"], "New")
    assert set(asked(clinic, owner)) == {(UpdateKind.WAITING, COST["id"])}


def test_an_answer_to_a_summary_that_has_changed_again_is_refused(held, treatment, clinic, owner):
    question = asked(clinic, owner)[UpdateKind.WAITING, "Dry needling"]
    edit_library(treatment, *ALL, summary="Another one.")
    assert not say(clinic, owner, Answer.APPROVE, question).is_done
    assert read(held)[0] == OLD


def test_a_clinics_own_summary_has_nothing_to_wait_for(held):
    page = fresh(held)
    page.summary, page.alternate_names, page.hero_image = "Ours.", "", ImageFactory(title="Ours")
    page.save()
    assert fresh(held).get_waiting_details() == []
    assert refusal(held, held_pages.accept_details) == "Nothing waits here any more."


def test_the_editor_names_what_waits_and_what_comes_live(held, owner, admin_client_of):
    shown = " ".join(admin_client_of(owner).get(edit_address(held)).text.split())
    assert f"“Summary” is new in the library: “{NEW}”." in shown
    assert "“Picture” is new in the library." in shown
    assert "So do the evidence, the conditions and parts of the body" in shown
    # The library's value beside the clinic's own is the one that patients read.
    assert OLD in shown


def test_a_page_that_was_held_before_this_reads_its_summary_live_and_says_so(held, owner, admin_client_of):
    page = fresh(held)
    page.held_details, page.held_picture = None, None
    page.save()
    assert read(held) == (NEW, ["Needling"], "New")
    assert "and its summary and picture: press Follow live" in " ".join(
        admin_client_of(owner).get(edit_address(held)).text.split()
    )


def test_a_new_summary_that_waits_takes_the_newer_review_date_away(treatment, follower):
    edit_library(treatment, *ALL, summary=OLD, reviewed_on="2026-01-01")
    page = answer(follower, held_pages.hold)
    edit_library(treatment, *ALL, summary=NEW, reviewed_on="2026-05-05")
    assert str(fresh(page).review_claim) == "2026-01-01"
    assert str(answer(page, held_pages.accept_details).review_claim) == "2026-05-05"


def test_leaving_takes_what_patients_read_and_following_again_holds_it_again(held, treatment):
    page = answer(held, leave)
    assert (page.summary, page.alternate_names, page.hero_image.title) == (OLD, "Dry needles", "Old")
    page = answer(page, follow, fresh(treatment))
    assert read(page) == (OLD, ["Dry needles"], "Old")
    assert read(answer(page, held_pages.follow_live)) == (NEW, ["Needling"], "New")


def test_a_picture_that_is_deleted_is_gone_from_a_held_page_too(held, pictures):
    pictures[0].delete()
    assert fresh(held).composed_hero_image is None


def test_a_posts_caption_is_held_with_its_picture(library, clinic):
    post = BlogPageFactory(parent=library, title="Post", picture_caption="As it was.")
    index = BlogIndexPageFactory(parent=clinic.home)
    page = BlogPageFactory(
        parent=index, title="Post", library_page=post, picture_caption=None, summary=None, sections=[]
    )
    answer(page, held_pages.hold)
    post.picture_caption = "As it is."
    post.save_revision().publish()
    assert fresh(page).composed_picture_caption == "As it was."
    assert headings(page) == [one["value"]["heading"] for one in post.sections.raw_data]


def test_a_list_of_held_pages_asks_no_more_than_one_of_live_pages(treatment, library, clinic, pictures):
    page = follower_of(treatment, clinic)
    edit_library(treatment, *ALL, summary=OLD, hero_image=pictures[0])
    browser = Client(HTTP_HOST=clinic.host)

    def queries():
        browser.get("/treatments/")
        with CaptureQueriesContext(connection) as captured:
            shown = browser.get("/treatments/").text
        return shown, len(captured)

    _, live = queries()
    answer(page, held_pages.hold)
    edit_library(treatment, *ALL, summary=NEW, hero_image=pictures[1])
    shown, held = queries()
    assert OLD in shown
    assert held == live
