"""A change at once touches what patients read and every draft, and publishes nothing else."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Page

from clinicsite.home.desk.changing import RefusedError, change_at_once
from clinicsite.locations.models import LocationPage
from tests.factories import LocationPageFactory, UserFactory


@pytest.fixture
def place(clinic):
    page = LocationPageFactory(parent__parent=clinic.home, parking="Behind the house.", street="1 Main St")
    page.save_revision().publish()
    return LocationPage.objects.get(pk=page.pk)


def park(page):
    page.parking = "On the street."


def live(place):
    return LocationPage.objects.get(pk=place.pk)


def newest(place):
    return live(place).get_latest_revision_as_object()


def test_patients_read_it_at_once(place, owner):
    assert change_at_once(place.pk, owner, park).parking == "On the street."
    assert live(place).parking == "On the street."
    assert not live(place).has_unpublished_changes
    assert live(place).live_revision.user == owner


def test_a_draft_has_it_too_and_stays_a_draft(place, owner):
    place.street = "2 Other St"
    place.save_revision()
    change_at_once(place.pk, owner, park)
    assert (live(place).parking, live(place).street) == ("On the street.", "1 Main St")
    assert (newest(place).parking, newest(place).street) == ("On the street.", "2 Other St")
    assert live(place).has_unpublished_changes


def test_what_comes_out_later_has_it_too_and_comes_out_as_planned(place, owner):
    when = timezone.now() + timedelta(days=3)
    place.street, place.go_live_at = "3 New St", when
    place.save_revision().publish()
    place.refresh_from_db()
    assert place.scheduled_revision
    change_at_once(place.pk, owner, park)
    waiting = live(place).scheduled_revision
    assert waiting.approved_go_live_at == when
    assert (waiting.as_object().parking, waiting.as_object().street) == ("On the street.", "3 New St")
    assert live(place).street == "1 Main St"


def test_what_the_check_refuses_changes_nothing(place, owner):
    def refuse(page):
        raise RefusedError("No.")

    with pytest.raises(RefusedError):
        change_at_once(place.pk, owner, park, check=refuse)
    assert live(place).parking == "Behind the house."


@pytest.mark.parametrize(
    ("state", "words"),
    [
        ({"locked": True}, "locked by somebody else"),
        ({"live": False}, "is not published"),
    ],
)
def test_a_page_that_is_not_free_is_refused_in_words(place, owner, state, words):
    Page.objects.filter(pk=place.pk).update(**state)
    with pytest.raises(RefusedError, match=words):
        change_at_once(place.pk, owner, park)


def test_whoever_may_not_publish_is_refused(clinic, place):
    with pytest.raises(RefusedError, match="may not publish"):
        change_at_once(place.pk, UserFactory(groups=[clinic.groups.author]), park)


def test_an_approval_under_way_is_not_ended(clinic, place, owner):
    place.street = "2 Other St"
    place.save_revision()
    place.get_workflow().start(place, owner)
    with pytest.raises(RefusedError, match="waits for an approval"):
        change_at_once(place.pk, owner, park)
    assert live(place).current_workflow_state is not None
