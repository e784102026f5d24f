"""What the fonts meant is kept when mood and opening become choices of their own."""

from importlib import import_module

import pytest
from django.apps import apps
from django.test import Client

from clinicsite.clinics.look import FontPair
from clinicsite.clinics.models import ClinicSettings

migration = import_module("clinicsite.clinics.migrations.0003_mood_and_opening")


@pytest.mark.parametrize("font_pair", FontPair.values)
def test_a_clinic_keeps_the_look_that_its_fonts_gave_it(clinic, other_clinic, font_pair):
    ClinicSettings.objects.filter(site=clinic.site).update(font_pair=font_pair)
    ClinicSettings.objects.filter(site=other_clinic.site).update(font_pair="dm-sans")
    migration.keep_what_the_fonts_meant(apps, None)
    looks = ClinicSettings.objects.values_list("mood", "opening")
    assert looks.get(site=clinic.site) == migration.MEANT[font_pair]
    assert looks.get(site=other_clinic.site) == ("crisp", "bleed")


def test_a_page_has_the_classes_of_its_clinics_mood_and_opening(clinic, other_clinic, visit):
    ClinicSettings.objects.filter(site=clinic.site).update(mood="warm", opening="panorama")
    clinic.settings.refresh_from_db()
    clinic.settings.save()
    assert 'class="mood-warm opening-panorama"' in visit("/").content.decode()
    assert 'class="mood-calm opening-split"' in Client(HTTP_HOST=other_clinic.host).get("/").content.decode()
