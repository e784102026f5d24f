"""The demo in a database that holds none: it can be stopped, and leaves alone what it did not make."""

import pytest
from django.core.management import CommandError, call_command
from wagtail.models import Site

from clinicsite.demo.build import build_demo
from clinicsite.demo.records import TakenError
from clinicsite.users.models import User
from tests.demo.states import state
from tests.factories import ClinicFactory

pytestmark = pytest.mark.django_db

CLINICS = ("stillwater", "harbour")


def build(say=lambda step: None, clinics=CLINICS):
    return build_demo(8000, "a-test-password", say, clinics)


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


def test_the_public_password_is_refused_outside_development(settings):
    settings.DEBUG = False
    with pytest.raises(CommandError, match="--password"):
        call_command("build_demo")
    assert not User.objects.exists()
