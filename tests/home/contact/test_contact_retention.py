"""Messages are kept as long as each clinic says, and no longer."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from clinicsite.home.contact.choices import KeepDays
from clinicsite.home.models import ContactMessage, ContactPage
from tests.factories import ContactPageFactory
from tests.home.contact.contact_forms import MESSAGE


def aged(page, days):
    """A message that came so many days ago."""
    message = ContactMessage.objects.create(page=page, name=f"{days} days", email="jo@patients.example")
    ContactMessage.objects.filter(pk=message.pk).update(created_at=timezone.now() - timedelta(days=days))
    return message


def names():
    return {message.name for message in ContactMessage.objects.all()}


def test_a_clinic_keeps_messages_for_ninety_days_unless_it_says_otherwise(contact_page):
    assert contact_page.keep_days == 90


@pytest.mark.parametrize("days", KeepDays.values)
def test_each_time_a_clinic_can_choose_is_kept_to_the_day(contact_page, days):
    ContactPage.objects.update(keep_days=days)
    aged(contact_page, days)
    aged(contact_page, days - 1)
    call_command("purge_messages", verbosity=0)
    assert names() == {f"{days - 1} days"}


def test_each_clinic_keeps_its_own_time(contact_page, other_clinic):
    year = ContactPageFactory(parent=other_clinic.home, keep_days=365)
    aged(contact_page, 100)
    aged(year, 101)
    call_command("purge_messages", verbosity=0)
    assert names() == {"101 days"}


def test_the_command_says_how_many_it_deleted(contact_page, capsys):
    aged(contact_page, 91)
    call_command("purge_messages")
    assert capsys.readouterr().out == "1 message deleted.\n"
    call_command("purge_messages")
    assert capsys.readouterr().out == "0 messages deleted.\n"


def test_it_costs_the_same_for_any_number_of_clinics(
    contact_page, other_clinic, django_assert_max_num_queries
):
    for page in (contact_page, ContactPageFactory(parent=other_clinic.home)):
        aged(page, 91)
    with django_assert_max_num_queries(2 * len(KeepDays)):
        call_command("purge_messages", verbosity=0)


def test_a_message_knows_the_day_on_which_it_goes(contact_page):
    ContactPage.objects.update(keep_days=30)
    message = ContactMessage.objects.get(pk=aged(contact_page, 10).pk)
    assert message.delete_at == message.created_at + timedelta(days=30)


def test_a_new_message_takes_the_old_ones_away_once_a_day_where_nobody_runs_the_command(contact_page, send):
    aged(contact_page, 91)
    send(MESSAGE)
    assert names() == {"Jo Example"}
    aged(contact_page, 92)
    send(MESSAGE)
    assert "92 days" in names()
