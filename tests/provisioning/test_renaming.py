"""A clinic gets another name, wherever it goes by its name."""

import pytest
from wagtail.models import Page, Site

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.provisioning.renaming import rename_clinic
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_patients_and_lists_have_the_new_name(clinic, visit):
    clinic.site.site_name = clinic.home.title
    rename_clinic(clinic.site, "Nordic Clinic")
    assert ClinicSettings.objects.get(site=clinic.site).name == "Nordic Clinic"
    assert Site.objects.get(pk=clinic.site.pk).site_name == "Nordic Clinic"
    assert Page.objects.get(pk=clinic.home.pk).title == "Nordic Clinic"
    assert "Nordic Clinic" in visit("/").text


def test_a_draft_of_the_front_page_stays_one(clinic):
    clinic.site.site_name = clinic.home.title
    home = clinic.home
    home.promise = "Not published yet."
    home.save_revision()
    rename_clinic(clinic.site, "Nordic Clinic")
    home = type(home).objects.get(pk=home.pk)
    draft = home.get_latest_revision_as_object()
    assert (home.title, draft.title) == ("Nordic Clinic", "Nordic Clinic")
    assert home.promise != "Not published yet."
    assert draft.promise == "Not published yet."
    assert home.has_unpublished_changes


def test_a_front_page_with_a_title_of_its_own_keeps_it(clinic):
    clinic.site.site_name = "Another"
    rename_clinic(clinic.site, "Nordic Clinic")
    assert Page.objects.get(pk=clinic.home.pk).title == "North Clinic"


def test_an_administrator_renames_and_an_owner_does_not(clinic, library, owner, admin_client_of):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    browser = admin_client_of(UserFactory(username="admin", groups=[groups["Agency administrators"]]))
    address = f"/admin/clinicsite/clinics/{clinic.site.pk}/rename/"
    assert 'value="North Clinic"' in browser.get(address).text
    assert browser.post(address, {"name": ""}).status_code == 200
    assert (
        "“North Clinic” is “Nordic” from now on."
        in browser.post(address, {"name": "Nordic"}, follow=True).text
    )
    assert admin_client_of(owner).post(address, {"name": "Mine"}).status_code == 404
    assert ClinicSettings.objects.get(site=clinic.site).name == "Nordic"
