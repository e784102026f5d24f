"""Which clinic answers on which host."""

import pytest
from django.test import Client, RequestFactory
from wagtail.models import Page, Site

from clinicsite.clinics.middleware import get_site_or_none
from clinicsite.clinics.models import NetworkPage, SiteState
from tests.factories import ClinicFactory, StandardPageFactory


def get(host, path="/", **headers):
    return Client(HTTP_HOST=host).get(path, **headers)


@pytest.mark.parametrize(
    "host",
    [
        "nowhere.example",
        "nowhere.example:8000",
        "xnorth.localhost",
        "north.localhost.evil.example",
        "127.0.0.1",
        "[::1]",
        "a b",
        "<script>",
    ],
)
def test_an_unknown_host_gets_a_plain_404_that_names_no_clinic(clinic, host):
    for path in ("/", "/treatments/", "/admin/", "/documents/1/x.pdf"):
        response = get(host, path)
        assert response.status_code == 404
        assert response["Content-Type"] == "text/plain"
        assert response.text == "There is no site at this address.\n"


def test_a_clinic_that_is_the_default_site_does_not_answer_for_unknown_hosts(clinic):
    Site.objects.filter(is_default_site=True).delete()
    clinic.site.is_default_site = True
    clinic.site.save()
    assert get("nowhere.example").status_code == 404
    assert get("north.localhost").status_code == 200


@pytest.mark.parametrize(
    "host", ["north.localhost", "NORTH.localhost", "north.localhost.", "north.localhost:8000"]
)
def test_a_clinics_host_shows_the_clinic_and_no_other(clinic, other_clinic, host):
    response = get(host)
    assert response.status_code == 200
    assert "North Clinic" in response.text
    assert "South" not in response.text


def test_of_two_clinics_on_one_host_the_one_on_the_requests_port_answers(clinic, other_clinic):
    Site.objects.filter(pk=other_clinic.site.pk).update(hostname="north.localhost", port=8080)
    Site.objects.filter(pk=clinic.site.pk).update(port=8443)
    for port, shown, other in ((8080, "South Clinic", "North"), (8443, "North Clinic", "South")):
        text = get(f"north.localhost:{port}", SERVER_PORT=str(port)).text
        assert shown in text
        assert other not in text
    # On a port of neither, such as one that a proxy listens on, the older answers.
    assert "North Clinic" in get("north.localhost:9999", SERVER_PORT="9999").text


def test_one_clinics_page_is_not_found_on_anothers_host(clinic, other_clinic):
    StandardPageFactory(parent=clinic.home, title="About us")
    assert get("north.localhost", "/about-us/").status_code == 200
    assert get("south.localhost", "/about-us/").status_code == 404


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST", "localhost.", "localhost:8000"])
def test_the_agencys_host_lists_the_live_clinics_and_shows_no_clinics_page(clinic, other_clinic, host):
    ClinicFactory(hostname="later.localhost", name="Later Clinic", state=SiteState.DRAFT)
    StandardPageFactory(parent=clinic.home, title="About us")
    response = get(host)
    assert response.status_code == 200
    assert 'href="http://north.localhost' in response.text
    assert 'href="http://south.localhost' in response.text
    assert "Later Clinic" not in response.text
    assert get(host, "/about-us/").status_code == 404


def test_the_agencys_host_says_so_while_no_clinic_is_live(db):
    response = get("localhost")
    assert response.status_code == 200
    assert "No clinic’s site is live yet." in response.text


def test_the_admin_opens_on_the_agencys_host_and_sends_there_from_a_clinics(clinic, owner, admin_client_of):
    assert admin_client_of(owner).get("/admin/").status_code == 200
    response = get("north.localhost", "/admin/pages/1/")
    assert response.status_code == 302
    assert response["Location"] == "http://localhost/admin/pages/1/"


def test_deciding_for_an_unknown_host_costs_two_queries(clinic, django_assert_num_queries):
    """No site is there, and it leads to none."""
    # Which clinics have closed is read at the first request, and kept.
    get("elsewhere.example")
    with django_assert_num_queries(2):
        get("nowhere.example")


def test_a_clinic_is_found_with_its_front_page_and_settings_in_one_query(clinic, django_assert_num_queries):
    request = RequestFactory().get("/", headers={"host": clinic.host})
    with django_assert_num_queries(1):
        site = get_site_or_none(request)
        assert site.root_page.title == clinic.home.title
        assert site.clinicsite_settings.name == "North Clinic"


def test_what_a_clinic_does_not_have_looks_as_patients_see_it_in_development_too(clinic, settings):
    settings.DEBUG = True
    response = get(clinic.host, "/about-us/")
    assert response.status_code == 404
    assert "This page is not here" in response.text
    assert clinic.settings.name in response.text


def test_what_the_agencys_host_does_not_have_lists_the_addresses_in_development(clinic, settings):
    settings.DEBUG = True
    response = get("localhost", "/about-us/")
    assert response.status_code == 404
    assert "Using the URLconf" in response.text


@pytest.fixture
def project_site():
    """A site of the project around the clinics: its root page is no clinic's front page."""
    root = Page.get_first_root_node().add_child(instance=NetworkPage(title="Agency", slug="agency"))
    return Site.objects.create(hostname="agency.example", root_page=root)


@pytest.mark.django_db
def test_where_no_host_is_the_agencys_a_host_of_no_clinic_is_the_projects_own(clinic, project_site, settings):
    settings.CLINICSITE = {}
    for host in ("agency.example", "nowhere.example"):
        response = get(host, "/admin/login/")
        assert response.status_code == 200
        # Neither its addresses nor its site, which Wagtail finds as it always does, are touched.
        assert not hasattr(response.wsgi_request, "urlconf")
        assert "X-Robots-Tag" not in response
    assert Site.find_for_request(get("agency.example", "/admin/login/").wsgi_request) == project_site
    response = get("north.localhost")
    assert response.status_code == 200
    assert response.wsgi_request.urlconf == "clinicsite.urls"


@pytest.mark.django_db
def test_where_a_host_is_the_agencys_a_site_of_no_clinic_answers_nothing(clinic, project_site):
    assert get("agency.example").status_code == 404
    assert get("agency.example", "/admin/login/").text == "There is no site at this address.\n"
