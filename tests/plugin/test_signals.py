"""What the product tells a project, by signals: each exactly once, with what the reference promises."""

import logging
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinicsite import signals
from clinicsite.clinics.roles import RELEASE_MANAGERS, ensure_agency_groups
from clinicsite.core.rendering import rendering_for
from clinicsite.library.answering import answers, held_pages
from clinicsite.library.answering.drafts import AnswerError, change_draft
from clinicsite.library.composition import State
from clinicsite.library.inbox.questions import Answer
from clinicsite.library.inbox.updates import answer_update
from clinicsite.library.models import Release
from clinicsite.library.releasing.releases import (
    end_pilot,
    release_pilot_to_all,
    schedule_release,
    undo_release,
)
from clinicsite.signals import GivenAnswer
from tests.factories import UserFactory, section
from tests.factories.everything import Everything
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    edit_library,
    follower_of,
    fresh,
    library_treatment,
    take_over,
)
from tests.library.releasing import WITHOUT_APPROVAL, draft, pilot, release
from tests.plugin.api import arguments_of
from tests.standing import standing

ADDRESS = "/treatments/dry-needling/"
pytestmark = pytest.mark.django_db


@standing
def treatment(library):
    return library_treatment(library)


@standing
def follower(treatment, clinic):
    return follower_of(treatment, clinic)


@pytest.fixture
def manager(library, clinic):
    groups = ensure_agency_groups(library, [], clinic.collection)
    return UserFactory(username="release-manager", groups=[groups[RELEASE_MANAGERS]])


@pytest.fixture
def told():
    """Connect a receiver: `told(signal)` is the list of what it has been sent since."""
    connected = []

    def listen(signal, then=None):
        heard = []

        def receive(sender, signal, **arguments):
            heard.append((sender, arguments))
            if then is not None:
                raise then

        signal.connect(receive)
        connected.append((signal, receive))
        return heard

    yield listen
    for signal, receive in connected:
        signal.disconnect(receive)


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    """What is done in this block is committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


class TestPageComposed:
    def test_is_sent_once_a_view_with_what_patients_read(self, told, visit, follower, clinic):
        take_over(follower, AFTERCARE, "Ours", "Call us.")
        take_over(follower, COST, action="hide")
        heard = told(signals.page_composed)
        assert visit(ADDRESS).status_code == 200
        ((sender, sent),) = heard
        assert sender is type(follower)
        assert set(sent) == arguments_of("page_composed") == {"page", "site", "sections"}
        assert (sent["page"], sent["site"]) == (follower, clinic.site)
        assert [(one.heading, one.state) for one in sent["sections"]] == [
            ("What is it?", State.LIBRARY),
            ("Ours", State.YOURS),
            ("Risks", State.LOCKED),
        ]

    def test_is_sent_once_for_a_leaflet(self, told, visit, follower):
        heard = told(signals.page_composed)
        assert visit(f"{ADDRESS}leaflet/").status_code == 200
        assert [sent["page"] for _, sent in heard] == [follower]

    def test_costs_no_query(self, told, visit, follower):
        visit(ADDRESS)
        with CaptureQueriesContext(connection) as before:
            visit(ADDRESS)
        heard = told(signals.page_composed)
        with CaptureQueriesContext(connection) as after:
            visit(ADDRESS)
        assert len(heard) == 1
        assert len(after) == len(before)

    def test_a_receiver_that_raises_takes_no_page_down_and_is_logged(self, told, visit, follower, caplog):
        heard = told(signals.page_composed, then=RuntimeError("the agency's own mistake"))
        answer = visit(ADDRESS)
        assert answer.status_code == 200
        assert "A thin needle in a tight muscle." in answer.text
        assert len(heard) == 1
        (record,) = [one for one in caplog.records if one.name == "django.dispatch"]
        assert record.levelno == logging.ERROR
        assert "the agency's own mistake" in str(record.exc_info[1])

    def test_is_sent_for_every_kind_of_page_that_can_follow_and_for_no_other(self, told, clinic):
        everything = Everything(clinic)
        heard = told(signals.page_composed)
        for page in everything.pages.values():
            Client(HTTP_HOST=clinic.host).get(page.get_url_parts()[2])
        following = ["BlogPage", "ConditionPage", "CoursePage", "ModalityPage"]
        assert sorted(sender.__name__ for sender, _ in heard) == following

    def test_is_not_sent_for_a_preview_nor_for_the_search_index(self, told, owner, follower, admin_client_of):
        heard = told(signals.page_composed)
        preview = admin_client_of(owner).get(f"/admin/pages/{follower.pk}/view_draft/")
        assert "A thin needle" in preview.text
        assert "A thin needle" in fresh(follower).search_text
        assert heard == []


class TestLibraryReleased:
    def test_is_sent_once_when_a_release_to_all_is_committed(self, told, treatment, manager, committed):
        heard = told(signals.library_released)
        page = draft(treatment)
        with committed():
            made = release(page, manager)
            assert heard == []
        ((sender, sent),) = heard
        assert sender is Release
        assert sent == {"release": made}
        assert set(sent) == arguments_of("library_released")
        assert sent["release"].state == Release.State.LIVE

    @pytest.mark.usefixtures("follower")
    def test_a_pilot_is_told_when_it_reaches_every_clinic(self, told, treatment, clinic, manager, committed):
        heard = told(signals.library_released)
        with committed():
            begun = pilot(draft(treatment), manager, clinic)
        assert heard == []
        with committed():
            release_pilot_to_all(begun.pk, manager)
        assert [sent for _, sent in heard] == [{"release": begun}]

    def test_a_scheduled_release_is_told_when_its_time_has_come(self, told, treatment, manager, committed):
        heard = told(signals.library_released)
        later = timezone.now() + timedelta(hours=1)
        with committed():
            due = schedule_release(draft(treatment).pk, manager, later, **WITHOUT_APPROVAL)
        assert heard == []
        with time_machine.travel(later + timedelta(minutes=1)), committed():
            call_command("publish_scheduled")
        assert [sent for _, sent in heard] == [{"release": due}]

    def test_any_other_publish_of_a_library_page_is_told_too(self, told, treatment, committed):
        heard = told(signals.library_released)
        with committed():
            edit_library(treatment, OVERVIEW, RISKS)
        assert [sent for _, sent in heard] == [{"release": Release.objects.latest("pk")}]

    def test_nothing_is_told_of_what_reaches_nobody(
        self, told, treatment, clinic, follower, manager, committed
    ):
        with committed():
            made = release(draft(treatment), manager)
        heard = told(signals.library_released)
        with committed():
            undo_release(made.pk, manager)
            end_pilot(pilot(draft(treatment, "Other words."), manager, clinic).pk, manager)
            follower.save_revision().publish()
        assert heard == []

    def test_a_receiver_that_raises_undoes_nothing(self, told, treatment, manager, committed):
        told(signals.library_released, then=RuntimeError("the agency's own mistake"))
        with committed():
            made = release(draft(treatment, "New words."), manager)
        assert Release.objects.get(pk=made.pk).state == Release.State.LIVE
        assert "New words." in str(fresh(treatment).sections.raw_data)


#: How each answer is given, on a page that reads OVERVIEW, AFTERCARE, RISKS (locked) and COST.
GIVEN = {
    GivenAnswer.MADE_OWN: lambda page: answers.make_own(page, AFTERCARE["id"], reason="We do it so."),
    GivenAnswer.HIDDEN: lambda page: answers.hide(page, AFTERCARE["id"]),
    GivenAnswer.RETURNED: lambda page: answers.return_to_library(page, AFTERCARE["id"]),
    GivenAnswer.BROUGHT_BACK: lambda page: answers.bring_back_own(page, AFTERCARE["id"]),
    GivenAnswer.KEPT_OWN: lambda page: answers.keep_own(page, AFTERCARE["id"]),
    GivenAnswer.MERGED: lambda page: answers.merge(page, AFTERCARE["id"], "Merged", []),
    GivenAnswer.KEPT_RETIRED: lambda page: answers.keep_retired(page, COST["id"]),
    GivenAnswer.DROPPED_RETIRED: lambda page: answers.drop_retired(page, COST["id"]),
    GivenAnswer.HELD: held_pages.hold,
    GivenAnswer.ACCEPTED: held_pages.accept_waiting,
    GivenAnswer.FOLLOWS_LIVE: held_pages.follow_live,
}
NEEDS_HOLDING = (GivenAnswer.ACCEPTED, GivenAnswer.FOLLOWS_LIVE)
NEEDS_RETIRED = (GivenAnswer.KEPT_RETIRED, GivenAnswer.DROPPED_RETIRED)
ABOUT_THE_PAGE = (GivenAnswer.HELD, *NEEDS_HOLDING)


class TestAnswerGiven:
    @pytest.mark.parametrize("answer", GivenAnswer)
    def test_each_answer_is_sent_once_when_it_is_committed(
        self, told, treatment, follower, owner, committed, answer
    ):
        take_over(follower, AFTERCARE, "Ours", "Call us.")
        if answer in NEEDS_RETIRED:
            edit_library(treatment, OVERVIEW, AFTERCARE, RISKS)
        if answer in NEEDS_HOLDING:
            change_draft(follower.pk, owner, held_pages.hold, message="", publish=True)
        heard = told(signals.answer_given)
        with committed():
            change_draft(follower.pk, owner, GIVEN[answer], message="Said so", publish=True)
            assert heard == []
        ((sender, sent),) = heard
        assert sender is type(follower)
        about = COST["id"] if answer in NEEDS_RETIRED else AFTERCARE["id"]
        assert sent == {
            "page": follower,
            "section_id": "" if answer in ABOUT_THE_PAGE else about,
            "answer": answer,
            "user": owner,
            "is_published": True,
        }
        assert set(sent) == arguments_of("answer_given")

    def test_sections_approved_together_are_told_one_by_one(
        self, told, treatment, follower, owner, committed
    ):
        change_draft(follower.pk, owner, held_pages.hold, message="", publish=True)
        new = [one | {"value": section("New", "New words.")["value"]} for one in (OVERVIEW, AFTERCARE)]
        edit_library(treatment, *new, RISKS, COST)
        ids = [one["id"] for one in new]
        heard = told(signals.answer_given)
        with committed():
            change_draft(follower.pk, owner, lambda page: held_pages.accept_waiting(page, ids), message="")
        assert [(sent["answer"], sent["section_id"]) for _, sent in heard] == [
            (GivenAnswer.ACCEPTED, OVERVIEW["id"]),
            (GivenAnswer.ACCEPTED, AFTERCARE["id"]),
        ]
        assert {sent["is_published"] for _, sent in heard} == {False}

    def test_an_answer_in_the_inbox_is_told(self, told, treatment, follower, owner, clinic, committed):
        take_over(follower, AFTERCARE, "Ours", "Call us.")
        edit_library(treatment, OVERVIEW, AFTERCARE, RISKS)
        heard = told(signals.answer_given)
        with committed(), rendering_for(None):
            done = answer_update(
                clinic.site, owner, Answer.DROP_RETIRED, f"retired:{follower.pk}:{COST['id']}:"
            )
        assert done.is_done, done.sentence
        ((_, sent),) = heard
        assert (sent["answer"], sent["section_id"]) == (GivenAnswer.DROPPED_RETIRED, COST["id"])

    def test_an_answer_that_is_refused_is_told_to_nobody(self, told, follower, owner, committed):
        heard = told(signals.answer_given)
        with committed():
            with pytest.raises(AnswerError):
                change_draft(
                    follower.pk,
                    owner,
                    lambda page: (held_pages.hold(page), answers.hide(page, RISKS["id"])),
                    message="",
                )
            fresh(follower).save_revision(user=owner).publish()
        assert heard == []

    def test_a_receiver_that_raises_undoes_nothing(self, told, follower, owner, committed):
        told(signals.answer_given, then=RuntimeError("the agency's own mistake"))
        with committed():
            change_draft(follower.pk, owner, GIVEN[GivenAnswer.HIDDEN], message="", publish=True)
        assert "Afterwards" not in [one.heading for one in fresh(follower).composed]
