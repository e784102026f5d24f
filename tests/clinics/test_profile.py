from datetime import UTC, datetime, time

import pytest
import time_machine
from django.core.exceptions import ValidationError
from wagtail.models import Site

from clinicsite.clinics.models import ClinicSettings, Insurer, SocialLink
from clinicsite.clinics.profile import SETTINGS, profile_for
from clinicsite.core.rendering import rendering_for
from clinicsite.locations.models import LocationPhone, OpeningHours
from tests.factories import ImageFactory, LocationPageFactory, ModalityIndexPageFactory, StandardPageFactory


def seen(clinic):
    """The clinic's profile as the next request sees it: no request remembers another's site."""
    return profile_for(Site.objects.get(pk=clinic.site.pk))


def version_of(clinic):
    return ClinicSettings.objects.get(site=clinic.site).version


@pytest.fixture
def place(clinic):
    return LocationPageFactory(parent__parent=clinic.home, title="Maplewood")


def publish(page):
    page.save_revision().publish()


def test_a_profile_costs_one_query_when_nothing_has_changed(clinic, place, django_assert_num_queries):
    seen(clinic)
    site = Site.objects.select_related("root_page").get(pk=clinic.site.pk)
    with django_assert_num_queries(1):
        profile_for(site)


def test_a_second_look_in_the_same_request_costs_nothing(clinic, django_assert_num_queries):
    site = Site.objects.get(pk=clinic.site.pk)
    with rendering_for(site):
        profile_for(site)
        with django_assert_num_queries(0):
            profile_for(site)


def test_a_clinic_asked_for_by_name_is_given_whoevers_page_is_under_way(clinic, other_clinic):
    with rendering_for(clinic.site) as rendering:
        # As the middleware leaves them for the clinic whose host it is.
        rendering.remembered[SETTINGS] = clinic.settings
        assert profile_for(clinic.site).name == "North Clinic"
        assert profile_for(other_clinic.site).name == "South Clinic"
        assert profile_for(clinic.site).name == "North Clinic"


def test_there_is_no_profile_where_there_is_no_clinic():
    assert profile_for(None) is None


def test_a_site_without_settings_shows_its_own_name(clinic):
    clinic.settings.delete()
    profile = seen(clinic)
    assert profile.name == clinic.site.site_name
    assert profile.insurers == ()


@pytest.mark.parametrize(
    "field", ["name", "tagline", "booking_url", "brand_primary", "announcement", "state"]
)
def test_a_change_to_the_settings_shows_at_once(clinic, field):
    seen(clinic)
    new = {"booking_url": "https://book.north.example/", "brand_primary": "#123456", "state": "draft"}.get(
        field, "New"
    )
    settings = ClinicSettings.objects.get(site=clinic.site)
    setattr(settings, field, new)
    settings.save()
    profile = seen(clinic)
    assert (profile.announcement.text if field == "announcement" else getattr(profile, field)) == new


def test_settings_read_before_another_change_do_not_turn_the_count_back(clinic, place):
    """Whoever saves an old copy must not bring an old profile back under a number used before."""
    old_copy = ClinicSettings.objects.get(site=clinic.site)
    seen(clinic)
    for words in ("First", "Second"):
        settings = ClinicSettings.objects.get(site=clinic.site)
        settings.tagline = words
        settings.save()
        seen(clinic)
    before = version_of(clinic)
    old_copy.tagline = "Third"
    old_copy.save()
    assert version_of(clinic) != before
    assert seen(clinic).tagline == "Third"


def test_insurers_and_social_links_show_at_once_and_go_at_once(clinic):
    seen(clinic)
    insurer = Insurer.objects.create(clinic=clinic.settings, name="Maple Shield")
    link = SocialLink.objects.create(
        clinic=clinic.settings, network="facebook", url="https://social.example/n"
    )
    assert seen(clinic).insurers == ("Maple Shield",)
    assert seen(clinic).social_links == (("facebook", "Facebook", "https://social.example/n"),)
    insurer.delete()
    link.delete()
    assert seen(clinic).insurers == ()
    assert seen(clinic).social_links == ()


def test_a_published_change_of_phone_and_hours_shows_at_once(clinic, place):
    assert seen(clinic).parts["places"].primary.phone.text == "(416) 555-0123"
    place.phones = [LocationPhone(number="+16475550188", is_primary=True)]
    place.opening_hours = [OpeningHours(weekday=5, opens=time(10), closes=time(12))]
    publish(place)
    primary = seen(clinic).parts["places"].primary
    assert primary.phone.text == "(647) 555-0188"
    assert [interval.describe() for interval in primary.schedule.intervals] == ["Saturday 10:00 am to noon"]


def test_a_draft_change_does_not_show(clinic, place):
    seen(clinic)
    place.city = "Elsewhere"
    place.save_revision()
    assert seen(clinic).parts["places"].primary.city == "Maplewood"


def test_a_page_enters_leaves_and_changes_its_name_in_the_menu_at_once(clinic):
    assert seen(clinic).menu == ()
    page = StandardPageFactory(parent=clinic.home, title="Fees", show_in_menus=True)
    publish(page)
    assert [(item.title, item.url) for item in seen(clinic).menu] == [("Fees", "/fees/")]
    page.title, page.slug = "Costs", "costs"
    publish(page)
    assert [(item.title, item.url) for item in seen(clinic).menu] == [("Costs", "/costs/")]
    page.unpublish()
    assert seen(clinic).menu == ()


def test_a_deleted_page_leaves_the_menu_at_once(clinic):
    page = StandardPageFactory(parent=clinic.home, title="Fees", show_in_menus=True)
    publish(page)
    assert len(seen(clinic).menu) == 1
    page.delete()
    assert seen(clinic).menu == ()


def test_the_menu_keeps_the_order_of_the_tree_when_that_changes(clinic):
    pages = [
        StandardPageFactory(parent=clinic.home, title=title, show_in_menus=True)
        for title in ("Fees", "About")
    ]
    publish(pages[1])
    assert [item.title for item in seen(clinic).menu] == ["Fees", "About"]
    pages[1].move(pages[0], pos="left")
    assert [item.title for item in seen(clinic).menu] == ["About", "Fees"]


def test_another_clinics_changes_leave_the_count_alone(clinic, other_clinic):
    before = version_of(clinic)
    publish(StandardPageFactory(parent=other_clinic.home, show_in_menus=True))
    other_clinic.settings.save()
    assert version_of(clinic) == before
    assert seen(clinic).menu == ()


def test_every_kind_of_change_renews_the_version(clinic, place):
    versions = [version_of(clinic)]
    clinic.settings.save()
    versions.append(version_of(clinic))
    publish(place)
    versions.append(version_of(clinic))
    clinic.site.save()
    versions.append(version_of(clinic))
    ModalityIndexPageFactory(parent=clinic.home).delete()
    versions.append(version_of(clinic))
    assert len(set(versions)) == len(versions)


def test_a_changed_or_deleted_logo_renews_the_version(clinic):
    logo = ImageFactory(title="Logo")
    clinic.settings.logo = logo
    clinic.settings.save()
    versions = [version_of(clinic)]
    logo.alt_text = "A leaf."
    logo.save()
    versions.append(version_of(clinic))
    assert seen(clinic).logo_id == logo.pk
    logo.delete()
    versions.append(version_of(clinic))
    assert len(set(versions)) == len(versions)
    assert seen(clinic).logo_id is None


def test_the_main_location_leads_whatever_its_place_in_the_tree(clinic, place):
    main = LocationPageFactory(parent=place.get_parent(), title="Harbour Street", is_primary=True)
    publish(main)
    places = seen(clinic).parts["places"]
    assert places.primary.title == "Harbour Street"
    assert [one.title for one in places.all] == ["Harbour Street", "Maplewood"]


class TestAnnouncement:
    STARTS = datetime(2026, 2, 1, 12, tzinfo=UTC)
    ENDS = datetime(2026, 2, 3, 12, tzinfo=UTC)

    def announce(self, clinic, starts, ends):
        settings = ClinicSettings.objects.get(site=clinic.site)
        settings.announcement = "Closed for the storm."
        settings.announcement_from, settings.announcement_until = starts, ends
        settings.save()

    @pytest.mark.parametrize(
        ("moment", "is_shown"),
        [
            ("2026-02-01T11:59:59Z", False),
            ("2026-02-01T12:00:00Z", True),
            ("2026-02-03T11:59:59Z", True),
            ("2026-02-03T12:00:00Z", False),
        ],
    )
    def test_it_shows_from_its_beginning_until_its_end(self, clinic, moment, is_shown):
        self.announce(clinic, self.STARTS, self.ENDS)
        with time_machine.travel(moment, tick=False):
            assert bool(seen(clinic).current_announcement) is is_shown

    def test_it_comes_and_goes_without_any_change_to_the_settings(self, clinic):
        self.announce(clinic, self.STARTS, self.ENDS)
        before = version_of(clinic)
        shown = []
        for day in (1, 2, 4):
            with time_machine.travel(datetime(2026, 2, day, tzinfo=UTC), tick=False):
                shown.append(seen(clinic).current_announcement)
        assert shown == ["", "Closed for the storm.", ""]
        assert version_of(clinic) == before

    @pytest.mark.parametrize(("starts", "ends"), [(None, None), (STARTS, None), (None, ENDS)])
    def test_an_open_side_has_no_limit(self, clinic, starts, ends):
        self.announce(clinic, starts, ends)
        with time_machine.travel("2026-02-02T00:00:00Z", tick=False):
            assert seen(clinic).current_announcement == "Closed for the storm."

    @pytest.mark.parametrize("ends", [STARTS, datetime(2026, 1, 1, tzinfo=UTC)])
    def test_an_end_not_after_the_beginning_is_refused_at_the_end(self, clinic, ends):
        settings = ClinicSettings.objects.get(site=clinic.site)
        settings.announcement_from, settings.announcement_until = self.STARTS, ends
        with pytest.raises(ValidationError) as refusal:
            settings.full_clean()
        assert refusal.value.message_dict == {
            "announcement_until": ["The announcement must end after it begins."]
        }


def test_a_picture_that_is_a_clinics_logo_is_known_to_be_used(clinic, owner, admin_client_of):
    logo = ImageFactory(title="Our mark", collection=clinic.collection)
    clinic.settings.logo = logo
    clinic.settings.save()
    browser = admin_client_of(owner)
    assert "referenced 1 time" in browser.get(f"/admin/images/{logo.pk}/delete/").text
    assert "Logo" in browser.get(f"/admin/images/usage/{logo.pk}/").text


def test_an_update_of_the_settings_is_a_new_version_too(clinic):
    site = Site.objects.get(pk=clinic.site.pk)
    assert profile_for(site).tagline != "Move freely"
    ClinicSettings.objects.filter(site=site).update(tagline="Move freely")
    assert profile_for(Site.objects.get(pk=site.pk)).tagline == "Move freely"
