"""What a clinic has chosen as its mood and its opening reaches its pages."""

from django.test import Client

from clinicsite.clinics.models import ClinicSettings


def test_a_page_has_the_classes_of_its_clinics_mood_and_opening(clinic, other_clinic, visit):
    ClinicSettings.objects.filter(site=clinic.site).update(mood="warm", opening="panorama")
    clinic.settings.refresh_from_db()
    clinic.settings.save()
    assert 'class="mood-warm opening-panorama"' in visit("/").content.decode()
    assert 'class="mood-calm opening-split"' in Client(HTTP_HOST=other_clinic.host).get("/").content.decode()
