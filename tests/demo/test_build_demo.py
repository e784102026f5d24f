"""The demo built again, on itself: it ends the same, and keeps what people have changed."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from wagtail.models import Orderable

from clinicsite.clinics.models import ClinicSettings
from clinicsite.core.checks import our_models
from clinicsite.demo import data
from clinicsite.demo.build import build_demo
from clinicsite.home.models import BlogPage
from clinicsite.locations.models import LocationPage
from clinicsite.modalities.models import ConditionPage, ModalityPage
from tests.demo.states import state

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def build():
    return build_demo(8000, "a-test-password", lambda step: None)


def test_built_twice_it_ends_in_the_same_state():
    once = state()
    assert [host for host, _ in once["sites"]] == sorted(f"{key}.localhost" for key in data.CLINICS)
    build()
    assert state() == once


def test_every_row_of_the_demo_has_its_place_in_its_list():
    for model in our_models():
        if issubclass(model, Orderable):
            assert not model.objects.filter(sort_order=None).exists(), model


def test_what_an_owner_changed_survives_another_build():
    location = LocationPage.objects.first()
    location.street = "1 New Street"
    location.save_revision().publish()
    settings = ClinicSettings.objects.get(site__hostname="stillwater.localhost")
    settings.tagline = "Our own words"
    settings.save()
    build()
    location.refresh_from_db()
    settings.refresh_from_db()
    assert location.street == "1 New Street"
    assert settings.tagline == "Our own words"


def test_the_command_builds_five_clinics_on_one_library_and_prints_their_logins(settings):
    settings.DEBUG = True
    out = StringIO()
    call_command("build_demo", port=8123, stdout=out)
    assert "http://northgate.localhost:8123/" in out.getvalue()
    assert "stillwater-editor" in out.getvalue()
    assert "calm-needle-2026" in out.getvalue()
    library_page = ModalityPage.objects.get(slug="dry-needling", library_page=None)
    assert ModalityPage.objects.filter(library_page=library_page).count() == len(data.CLINICS)
    opening = data.library("modalities")["dry-needling"]["sections"][0]["heading"]
    for key in data.CLINICS:
        response = Client(HTTP_HOST=f"{key}.localhost").get("/treatments/dry-needling/")
        assert response.status_code == 200
        assert opening in response.content.decode()
    for model in (ModalityPage, ConditionPage, BlogPage, LocationPage, ClinicSettings):
        for made in model.objects.all():
            made.full_clean()
