"""Clinics' pages in their own language and zone."""

from datetime import UTC, datetime

import pytest
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.utils import formats, timezone, translation

from clinicsite.clinics.locale import ClinicLocaleMiddleware
from clinicsite.clinics.middleware import CurrentSiteMiddleware

#: 20 December 2025 at 5:30 in Greenwich; still the 19th in Alberta, half past ten at night. In a year whose
#: rules every release of the zone data knows.
INSTANT = datetime(2025, 12, 20, 5, 30, tzinfo=UTC)


def said(host):
    """How an answer on this host writes the instant, and in which language it says it is."""

    def view(request):
        return HttpResponse(formats.date_format(timezone.localtime(INSTANT), "l j F H:i"))

    answer = CurrentSiteMiddleware(ClinicLocaleMiddleware(view))
    response = answer(RequestFactory().get("/", headers={"host": host}))
    return response.content.decode(), response.get("Content-Language")


def settle(clinic, **fields):
    type(clinic.settings).objects.filter(pk=clinic.settings.pk).update(**fields)


def test_dates_are_in_the_clinics_zone_and_language(clinic, other_clinic):
    settle(clinic, time_zone="America/Edmonton")
    settle(other_clinic, time_zone="America/St_Johns", language="fr-CA")
    assert said(clinic.host) == ("Friday 19 December 22:30", "en-CA")
    assert said(other_clinic.host) == ("samedi 20 décembre 02:00", "fr-CA")


@pytest.mark.parametrize("language", ["../../etc", "", "en_CA@x", "e"])
def test_a_language_that_is_none_is_english(clinic, language):
    settle(clinic, time_zone="America/Edmonton", language=language)
    assert said(clinic.host) == ("Friday 19 December 22:30", "en")


def test_a_zone_that_nobody_knows_takes_no_page_away(clinic, settings):
    settings.TIME_ZONE = "UTC"
    settle(clinic, time_zone="America/Atlantis")
    assert said(clinic.host) == ("Saturday 20 December 05:30", "en-CA")


def test_what_the_browser_prefers_changes_nothing(clinic, settings):
    settings.MIDDLEWARE = [*settings.MIDDLEWARE]
    at = settings.MIDDLEWARE.index("django.middleware.common.CommonMiddleware")
    settings.MIDDLEWARE.insert(at, "django.middleware.locale.LocaleMiddleware")
    with translation.override(None):
        response = Client(HTTP_HOST=clinic.host).get("/", headers={"accept-language": "de"})
        assert translation.get_language() == "de"
    assert response["Content-Language"] == "en-CA"


def test_a_host_of_the_projects_own_keeps_its_zone_and_language(db, settings):
    settings.CLINICSITE = {}
    settings.TIME_ZONE = "UTC"
    with translation.override("de"):
        assert said("agency.example") == ("Samstag 20 Dezember 05:30", None)


@pytest.mark.parametrize("typed", ["English", "en_CA", "", "en-"])
def test_a_language_that_is_no_tag_is_refused_at_its_field(clinic, typed):
    clinic.settings.language = typed
    with pytest.raises(ValidationError, match=r"language tag|cannot be blank"):
        clinic.settings.full_clean()
