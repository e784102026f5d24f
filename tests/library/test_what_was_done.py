"""What is said of answers to the library is held against the page that patients read."""

from html import unescape

import pytest
from django.contrib.messages import get_messages

from clinicsite.core.rendering import rendering_for
from clinicsite.library.inbox.box import Inbox
from clinicsite.library.inbox.questions import Answer, UpdateKind
from clinicsite.library.inbox.updates import Outcome, answer_update
from clinicsite.library.releasing.checks import warnings_about
from clinicsite.modalities.models import ModalityPage
from tests.factories import ModalityIndexPageFactory
from tests.library.pages import follower_of, fresh, library_treatment

ADDRESS = "/admin/clinicsite/library/updates/"


@pytest.fixture
def index(clinic):
    return ModalityIndexPageFactory(parent=clinic.home, title="Treatments", slug="treatments")


@pytest.fixture
def offered(library):
    """Five treatments that the library offers, of which the clinic has none."""
    return [
        library_treatment(library, title=f"Treatment {number}", slug=f"t-{number}") for number in range(5)
    ]


def questions(clinic, user):
    with rendering_for(None):
        return {(one.kind, one.page.title): one for one in Inbox(clinic.site, user).questions()}


@pytest.mark.parametrize(
    ("answer", "status", "state"),
    [(Answer.ADD_LIVE, 200, "added and published"), (Answer.ADD_DRAFT, 404, "added as a draft")],
)
def test_a_page_that_is_added_is_called_what_it_is(
    offered, index, clinic, owner, visit, answer, status, state
):
    question = questions(clinic, owner)[UpdateKind.NEW, "Treatment 0"]
    result = answer_update(clinic.site, owner, answer, question.key)
    assert result.sentence == f"“Treatment 0” is {state}."
    assert visit("/treatments/t-0/").status_code == status
    assert result.is_published == (status == 200)


def test_a_page_that_is_taken_down_is_not_counted_as_published(library, clinic, owner, visit):
    treatment = library_treatment(library)
    follower = follower_of(treatment, clinic)
    fresh(treatment).unpublish()
    question = questions(clinic, owner)[UpdateKind.PAGE_RETIRED, "Dry needling"]
    result = answer_update(clinic.site, owner, Answer.DROP_RETIRED, question.key)
    assert result.outcome is Outcome.TAKEN_DOWN
    assert not result.is_published
    assert not fresh(follower).live


@pytest.mark.parametrize(
    ("answer", "told", "live"),
    [
        (Answer.ADD_LIVE, "5 answers carried out: 5 published.", 5),
        (Answer.ADD_DRAFT, "5 answers carried out: 5 saved in drafts.", 0),
        (Answer.DECLINE, "5 answers carried out: 5 noted.", 0),
    ],
)
def test_many_answers_are_counted_by_what_became_of_them(
    offered, index, clinic, owner, admin_client_of, answer, told, live
):
    keys = [one.key for one in questions(clinic, owner).values()]
    response = admin_client_of(owner).post(ADDRESS, {"several": answer, "row": keys})
    said = [unescape(str(message).strip()) for message in get_messages(response.wsgi_request)]
    assert said == [told]
    assert ModalityPage.objects.of_site(clinic.site).live().count() == live


def test_the_check_of_a_release_says_where_the_review_date_is_entered(library):
    treatment = library_treatment(library)
    treatment.reviewed_on = None
    assert warnings_about(treatment, [], None)[-1] == (
        "It has no review date, so no clinic's page will show one. Enter it on the tab “Details”, under "
        "“Clinical review”."
    )
