"""Two machines: two files of versions that share a database."""

from datetime import timedelta

import pytest
from django.db import OperationalError, connection
from django.utils import timezone

from clinicsite.core.models import PageChange
from clinicsite.core.page_cache import changes
from clinicsite.core.page_cache.listening import Listener, forget_old
from clinicsite.core.page_cache.slots import KNOWN, Slots
from tests.factories.locations import LocationPageFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def elsewhere(tmp_path):
    """Another machine, which has begun to ask."""
    listener = Listener(Slots(tmp_path / "elsewhere"))
    listener.ask()
    return listener


def test_another_machine_hears_of_a_change(clinic, slots, elsewhere):
    place = LocationPageFactory(parent__parent=clinic.home)
    changes.begin(slots)
    try:
        place.save()
    finally:
        changes.end()
    name = f"site:{clinic.site.pk}"
    there = elsewhere.slots
    assert there.version(there.place(name)) == 0
    elsewhere.ask()
    assert there.version(there.place(name)) != 0


def test_nothing_is_heard_twice(elsewhere):
    PageChange.objects.create(name="site:7", version=42)
    assert [elsewhere.ask(), elsewhere.ask()] == [1, 0]


def test_of_two_changes_that_forget_each_other_neither_is_heard_for_ever(elsewhere):
    for version in (5, 5 + KNOWN):
        PageChange.objects.create(name="site:7", version=version)
    place, slots = elsewhere.slots.place("site:7"), elsewhere.slots
    elsewhere.ask()
    stands = slots.version(place)
    assert [elsewhere.ask(), elsewhere.ask(), slots.version(place)] == [0, 0, stands]


def test_the_machine_that_made_a_change_does_not_hear_of_it_again(clinic, slots):
    place = LocationPageFactory(parent__parent=clinic.home)
    here = Listener(slots)
    here.ask()
    changes.begin(slots)
    try:
        place.save()
    finally:
        changes.end()
    assert here.ask() == 0


def test_a_process_that_died_before_it_could_tell_is_heard(elsewhere):
    """Its change was committed with what it wrote, and nothing else was done."""
    PageChange.objects.create(name="outside", version=42)
    elsewhere.ask()
    assert elsewhere.slots.version(elsewhere.slots.place("outside")) != 0


def test_a_long_transaction_is_heard_though_later_changes_were_heard_before(elsewhere):
    early = PageChange(name="site:7", version=41)
    PageChange.objects.create(name="site:8", version=42)
    elsewhere.ask()
    early.save()
    PageChange.objects.filter(pk=early.pk).update(at=timezone.now() - timedelta(minutes=9))
    assert elsewhere.ask() == 1
    assert elsewhere.slots.version(elsewhere.slots.place("site:7")) != 0


def test_a_machine_that_was_away_for_longer_than_changes_are_kept_begins_anew(elsewhere):
    file = elsewhere.slots.file
    elsewhere.slots.asked_at = int((timezone.now() - timedelta(days=3)).timestamp())
    elsewhere.ask()
    assert elsewhere.slots.file != file


def test_old_changes_are_deleted():
    for days in (1, 3):
        row = PageChange.objects.create(name="site:7", version=days)
        PageChange.objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(days=days))
    assert forget_old() == 1
    assert PageChange.objects.get().version == 1


def test_without_the_database_it_is_said_once_and_what_is_kept_can_be_given_out(elsewhere, caplog):
    def refuse(execute, sql, params, many, context):
        raise OperationalError("the database is gone")

    with connection.execute_wrapper(refuse):
        for _time in range(3):
            elsewhere._ask_or_log()
    assert caplog.text.count("Changes to pages cannot be asked for: the database is gone") == 1
    PageChange.objects.create(name="site:7", version=42)
    elsewhere._ask_or_log()
    assert elsewhere.slots.version(elsewhere.slots.place("site:7")) != 0
