"""A clinic's own count of visits: off by default, and never where it tells what somebody suffers from."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from clinicsite.clinics.models import ClinicSettings
from clinicsite.core.models import BasePage
from clinicsite.home.models import BlogPage, ContactPage
from clinicsite.modalities.models import ConditionPage, ModalityPage
from tests.courses.models import CoursePage
from tests.factories import ClinicFactory
from tests.factories.everything import EVERY_PAGE_TYPE, Everything

HOST = "https://stats.north.example"
SLOT = {
    "analytics_kind": "plausible",
    "analytics_script": f"{HOST}/js/script.js",
    "analytics_site": "north.example",
}
#: A project's own type counts as one of them unless it says otherwise.
HEALTH_PAGES = (ModalityPage, ConditionPage, BlogPage, ContactPage, CoursePage)
every_page_type = pytest.mark.parametrize("model", EVERY_PAGE_TYPE, ids=lambda model: model.__name__)


@pytest.fixture(scope="module")
def everything(kept_database):
    return Everything(ClinicFactory(hostname="counted.localhost"), several=1)


def switch(everything, **fields):
    for name, value in fields.items():
        setattr(everything.clinic.settings, name, value)
    everything.clinic.settings.save()


@pytest.fixture
def off(everything):
    switch(everything, analytics_kind="", analytics_on_health_pages=False)
    return everything


@pytest.fixture
def on(everything):
    switch(everything, **SLOT, analytics_on_health_pages=False)
    return everything


@pytest.fixture
def on_health_pages(everything):
    switch(everything, **SLOT, analytics_on_health_pages=True)
    return everything


def seen(everything, model):
    return Client(HTTP_HOST=everything.clinic.host).get(everything.pages[model].get_url_parts()[2])


def has_slot(response):
    """Whether page and policy both have the slot; they must never differ."""
    is_allowed = HOST in response["Content-Security-Policy"]
    assert is_allowed == ("data-consent" in response.text) == ("consent.js" in response.text)
    return is_allowed


def test_every_page_type_says_whether_it_reveals_health():
    assert {model for model in EVERY_PAGE_TYPE if model.reveals_health} == set(HEALTH_PAGES)
    assert BasePage.reveals_health is False


@every_page_type
def test_a_clinic_counts_nobody_unless_it_says_so(off, model):
    response = seen(off, model)
    assert not has_slot(response)
    assert "onsent" not in response.text
    assert response["Referrer-Policy"] == "same-origin"


@every_page_type
def test_pages_that_reveal_health_have_no_slot(on, model):
    assert has_slot(seen(on, model)) == (model not in HEALTH_PAGES)


@every_page_type
def test_the_owner_may_say_otherwise(on_health_pages, model):
    assert has_slot(seen(on_health_pages, model))


@every_page_type
def test_the_page_before_is_not_told_by_the_referrer(on, model):
    assert seen(on, model)["Referrer-Policy"] == "strict-origin"


def test_what_is_no_page_has_no_slot_and_tells_nothing(on):
    browser = Client(HTTP_HOST=on.clinic.host)
    for address in ("/search/?q=sciatica", "/nowhere/", "/offline/"):
        response = browser.get(address)
        assert not has_slot(response), address
        assert response["Referrer-Policy"] == "strict-origin", address


def test_a_leaflet_has_no_slot(on):
    page = on.pages[ModalityPage].get_url_parts()[2]
    assert not has_slot(Client(HTTP_HOST=on.clinic.host).get(f"{page}leaflet/"))


def test_the_policy_names_the_one_host_and_stays_strict(on):
    from clinicsite.home.models import HomePage

    rules = dict(rule.split(" ", 1) for rule in seen(on, HomePage)["Content-Security-Policy"].split("; "))
    assert rules["script-src"] == f"'self' {HOST}"
    assert rules["connect-src"] == f"'self' {HOST}"
    assert rules["style-src"] == "'self'"
    assert rules["default-src"] == "'none'"


def test_another_clinic_is_not_counted_along(on):
    other = ClinicFactory(hostname="uncounted.localhost")
    assert not has_slot(Client(HTTP_HOST=other.host).get("/"))


def test_a_preview_is_not_counted(on):
    assert b"data-consent" not in on.home.make_preview_request().content


@pytest.mark.parametrize(
    "address",
    [
        "http://stats.north.example/script.js",
        "https://127.0.0.1/script.js",
        "https://localhost/script.js",
        "https://stats.north.example; script-src */x.js",
        "https://user:pass@stats.north.example/script.js",
        "https://stats.north.example/",
        "https://stats.north.example/script.js?site=1",
        "https://stats.north.example/'unsafe-inline'.js",
        "javascript:alert(1).js",
        "https://[::1/script.js",
    ],
)
def test_an_address_that_is_no_script_on_a_named_host_is_refused(db, address):
    settings = ClinicSettings(name="North", **{**SLOT, "analytics_script": address})
    with pytest.raises(ValidationError) as refused:
        settings.full_clean(exclude=["site"])
    assert "analytics_script" in refused.value.error_dict


def test_a_good_address_is_taken_and_half_a_choice_is_not(db):
    ClinicSettings(name="North", **SLOT).full_clean(exclude=["site"])
    with pytest.raises(ValidationError) as refused:
        ClinicSettings(name="North", analytics_kind="matomo").full_clean(exclude=["site"])
    assert {"analytics_script", "analytics_site"} <= refused.value.error_dict.keys()


def test_the_owner_reads_why_health_pages_are_left_out(owner, clinic, admin_client_of):
    screen = admin_client_of(owner).get(
        f"/admin/settings/clinicsite_clinics/clinicsettings/{clinic.site.pk}/", follow=True
    )
    assert "can tell what they suffer from" in screen.text
