"""What a clinic changes shows on the very next page view, although pages are put together from a cache."""

from datetime import time, timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone
from wagtail.actions.move_page import MovePageAction

from clinicsite.clinics.models import ClinicSettings
from clinicsite.locations.models import LocationPhone, OpeningHours
from tests.factories import ImageFactory, LocationIndexPageFactory, LocationPageFactory, StandardPageFactory

#: A Saturday at 10:30 in Toronto.
SATURDAY = "2026-05-16T14:30:00Z"


def words_of(visit):
    response = visit("/")
    assert response.status_code == 200
    return response.content.decode()


def save_settings(clinic, **fields):
    settings = ClinicSettings.objects.get(site=clinic.site)
    for name, value in fields.items():
        setattr(settings, name, value)
    settings.save()


def test_new_settings_show_on_the_next_view(clinic, visit):
    assert "North Clinic" in words_of(visit)
    save_settings(clinic, name="New Name", booking_url="https://book.new.example/")
    shown = words_of(visit)
    assert "New Name" in shown
    assert 'href="https://book.new.example/"' in shown


def test_a_new_brand_colour_changes_the_stylesheets_address_on_the_next_view(clinic, visit):
    assert "/clinicsite/1f5f6b-" in words_of(visit)
    save_settings(clinic, brand_primary="#123456")
    assert "/clinicsite/123456-" in words_of(visit)


def test_a_new_phone_number_shows_on_the_next_view(clinic, visit):
    place = LocationPageFactory(parent__parent=clinic.home)
    place.save_revision().publish()
    assert "(416) 555-0123" in words_of(visit)
    place.phones = [LocationPhone(number="+16475550188", is_primary=True)]
    place.save_revision().publish()
    shown = words_of(visit)
    assert 'href="tel:+16475550188"' in shown
    assert "(416) 555-0123" not in shown


@time_machine.travel(SATURDAY, tick=False)
def test_new_hours_show_on_the_next_view(clinic, visit):
    place = LocationPageFactory(parent__parent=clinic.home)
    place.save_revision().publish()
    assert "Closed now, opens Monday at 9:00 am" in words_of(visit)
    place.opening_hours = [OpeningHours(weekday=5, opens=time(10), closes=time(12))]
    place.save_revision().publish()
    assert "Open now, closes at noon" in words_of(visit)


def test_a_new_menu_page_shows_on_the_next_view(clinic, visit):
    assert 'href="/fees/"' not in words_of(visit)
    page = StandardPageFactory(parent=clinic.home, title="Fees", show_in_menus=True)
    page.save_revision().publish()
    assert 'href="/fees/"' in words_of(visit)
    page.unpublish()
    assert 'href="/fees/"' not in words_of(visit)


@pytest.mark.parametrize(
    ("moment", "is_shown"),
    [("2026-01-31T00:00:00Z", False), ("2026-02-02T00:00:00Z", True), ("2026-02-04T00:00:00Z", False)],
)
def test_an_announcement_shows_in_its_time_only(clinic, visit, moment, is_shown):
    save_settings(
        clinic,
        announcement="Closed for the storm.",
        announcement_from="2026-02-01T00:00:00Z",
        announcement_until="2026-02-03T00:00:00Z",
    )
    words_of(visit)
    with time_machine.travel(moment, tick=False):
        assert ("Closed for the storm." in words_of(visit)) is is_shown


def test_an_announcement_is_text_and_never_markup(clinic, visit):
    save_settings(clinic, announcement="<script>alert(1)</script>")
    shown = words_of(visit)
    assert "<script>alert(1)" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_place_that_moves_to_another_clinic_leaves_the_first_at_once(clinic, other_clinic, visit):
    ours = LocationIndexPageFactory(parent=clinic.home)
    theirs = LocationIndexPageFactory(parent=other_clinic.home)
    place = LocationPageFactory(parent=ours, street="77 Moving Lane")
    assert "77 Moving Lane" in visit("/").text
    MovePageAction(place, theirs, "last-child").execute(skip_permission_checks=True)
    assert "77 Moving Lane" not in visit("/").text
    assert "77 Moving Lane" in Client(HTTP_HOST=other_clinic.host).get("/").text


def test_a_logo_whose_file_is_lost_takes_no_page_with_it(clinic, visit):
    clinic.settings.logo = clinic.settings.favicon = ImageFactory(title="Logo")
    clinic.settings.save()
    clinic.settings.logo.file.storage.delete(clinic.settings.logo.file.name)
    assert visit("/").status_code == 200


def test_the_settings_preview_shows_an_announcement_in_its_time_only(clinic):
    clinic.settings.announcement = "Closed for the storm"
    assert "Closed for the storm" in clinic.settings.make_preview_request().text
    clinic.settings.announcement_until = timezone.now() - timedelta(days=1)
    assert "Closed for the storm" not in clinic.settings.make_preview_request().text
