"""The demo builds whole, the same each time, and leaves alone what it did not make."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from wagtail.models import Page, Site

from clinicsite.clinics.models import ClinicSettings
from clinicsite.core.models import CustomImage, User
from clinicsite.demo import data
from clinicsite.demo.build import build_demo
from clinicsite.demo.models import DemoObject
from clinicsite.demo.records import TakenError
from home.models import BlogPage
from locations.models import LocationPage
from modalities.models import ConditionPage, ModalityPage, Reference
from tests.factories import ClinicFactory

pytestmark = pytest.mark.django_db

CLINICS = ("stillwater", "harbour")


def build(say=lambda step: None, clinics=CLINICS):
    return build_demo(8000, "a-test-password", say, clinics)


def state():
    """Everything that two builds must have in common."""
    return {
        "pages": sorted(Page.objects.values_list("url_path", "title", "live")),
        "sites": sorted(Site.objects.values_list("hostname", "port")),
        "users": sorted(User.objects.values_list("username", "groups__name")),
        "pictures": sorted(CustomImage.objects.values_list("title", "collection__name")),
        "references": sorted(Reference.objects.values_list("citation_key", flat=True)),
        "records": sorted(DemoObject.objects.values_list("key", flat=True)),
    }


def test_built_twice_it_ends_in_the_same_state():
    build()
    once = state()
    build()
    assert state() == once


def test_stopped_half_way_and_run_again_it_ends_in_the_same_state():
    steps = []

    def stop_at_the_second_clinic(step):
        steps.append(step)
        if "Harbour" in step:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        build(stop_at_the_second_clinic)
    assert not Site.objects.filter(hostname="harbour.localhost").exists()
    build()
    resumed = state()
    build()
    assert state() == resumed
    assert Site.objects.filter(hostname="harbour.localhost").exists()


def test_it_never_touches_a_clinic_that_it_did_not_make():
    theirs = ClinicFactory(hostname="harbour.localhost", name="A real harbour clinic", tagline="Ours")
    with pytest.raises(TakenError, match=r"harbour\.localhost"):
        build(clinics=["harbour"])
    theirs.settings.refresh_from_db()
    assert theirs.settings.tagline == "Ours"
    assert Site.objects.get(hostname="harbour.localhost").root_page_id == theirs.home.pk
    assert list(theirs.home.get_children()) == []


def test_what_an_owner_changed_survives_another_build():
    build(clinics=CLINICS[:1])
    location = LocationPage.objects.first()
    location.street = "1 New Street"
    location.save_revision().publish()
    settings = ClinicSettings.objects.get(site__hostname="stillwater.localhost")
    settings.tagline = "Our own words"
    settings.save()
    build(clinics=CLINICS[:1])
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


def test_the_public_password_is_refused_outside_development(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="--password"):
        call_command("build_demo")
    assert not User.objects.exists()
