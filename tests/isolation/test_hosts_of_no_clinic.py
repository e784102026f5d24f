"""On a host that is no clinic the project answers as if the product were not there."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path, re_path
from django.urls.resolvers import URLResolver
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.models import Page, Site

from clinicsite import urls as clinic_urls
from clinicsite.clinics.brand import Brand
from clinicsite.clinics.stylesheets import slug_of

pytestmark = pytest.mark.django_db

HOST = "agency.example"
#: Every address on a clinic's host that is no page's, by name, with one that a browser may ask for.
PUBLIC = {
    "to_the_admin": "/admin/pages/",
    "no_sign_in_here": "/_util/login/",
    "wagtaildocs_serve": "/documents/1/leaflet.pdf",
    "wagtaildocs_authenticate_with_password": "/documents/authenticate_with_password/1/",
    "clinicsite_sitemap": "/sitemap.xml",
    "clinicsite_llms_txt": "/llms.txt",
    "clinicsite_search": "/search/",
    "clinicsite_robots_txt": "/robots.txt",
    "clinicsite_host_check": "/.well-known/clinicsite-host/anything",
    "clinicsite_security_txt": "/.well-known/security.txt",
    "clinicsite_favicon": "/favicon.ico",
    "clinicsite_touch_icon": "/apple-touch-icon.png",
    "clinicsite_manifest": "/manifest.webmanifest",
    "clinicsite_icon": "/clinicsite/icons/0/192.png",
    "clinicsite_offline": "/offline/",
    "clinicsite_service_worker": "/service-worker.js",
    "clinicsite_card": "/clinicsite/cards/1-0.jpg",
    "clinicsite_stylesheet": "/clinicsite/anything.css",
    "wagtailcore_login": "/_util/login/",
    "wagtailcore_authenticate_with_password": "/_util/authenticate_with_password/1/1/",
    "wagtail_serve": "/about-us/",
}


def own(request, rest=""):
    """What the project around has at every address."""
    return HttpResponse(f"The project's own {request.path}", status=418)


urlpatterns = [
    path("cms/", include("clinicsite.admin_urls")),
    path("cms/", include(wagtailadmin_urls)),
    path("", own),
    re_path("^(?P<rest>.+)$", own),
]


def patterns_of(listed):
    for one in listed:
        yield from patterns_of(one.url_patterns) if isinstance(one, URLResolver) else [one]


def names_of_addresses():
    return {one.name or one.callback.__name__ for one in patterns_of(clinic_urls.urlpatterns)}


@pytest.fixture(autouse=True)
def _a_project_around(settings, clinic):
    settings.CLINICSITE = {"SECOND_FACTOR": "nobody"}
    settings.ROOT_URLCONF = __name__
    root = Page.get_first_root_node().add_child(instance=Page(title="The agency", slug="agency"))
    Site.objects.create(hostname=HOST, root_page=root)


def test_every_address_of_a_clinics_host_is_tried_here():
    # The style guide is for development, and files below MEDIA_URL are served by Django in development alone.
    left_out = {name for name in names_of_addresses() if "styleguide" in name or name == "serve"}
    assert names_of_addresses() - left_out == set(PUBLIC)


@pytest.mark.parametrize("host", [HOST, "nobody.example"])
@pytest.mark.parametrize("address", PUBLIC.values())
@pytest.mark.parametrize("method", ["get", "post", "head"])
def test_the_project_answers_as_if_the_product_were_not_there(host, address, method):
    response = getattr(Client(HTTP_HOST=host), method)(address)
    assert response.status_code == 418
    if method != "head":
        assert response.text == f"The project's own {address}"
    for header in ("X-Robots-Tag", "Content-Security-Policy", "Cache-Control"):
        assert header not in response


@pytest.mark.parametrize("address", PUBLIC.values())
def test_a_clinics_host_answers_them_itself(clinic, address):
    assert Client(HTTP_HOST=clinic.host).get(address).status_code != 418


def test_a_stylesheet_that_names_a_look_is_there_for_the_admins_previews():
    slug = slug_of(Brand("#2d5f3f", "#b4532a", "figtree"))
    response = Client(HTTP_HOST=HOST).get(f"/clinicsite/{slug}.css")
    assert response.status_code == 200
    assert "--brand:#2d5f3f" in response.text


@pytest.mark.parametrize(
    "word",
    [
        "print",
        "1f5f6b-b4572f-figtree-calm",
        "1f5f6b-b4572f-figtree-calm-3fa9c2d41b0",
        "1f5f6b-b4572f-comic-calm-3fa9c2d41b07",
        "1f5f6b-b4572f-figtree-loud-3fa9c2d41b07",
        "x1f5f6b-b4572f-figtree-calm-3fa9c2d41b07",
        "1f5f6b-b4572f-figtree-calm-3fa9c2d41b07x",
    ],
)
def test_no_other_stylesheet_is(word):
    assert Client(HTTP_HOST=HOST).get(f"/clinicsite/{word}.css").status_code == 418


def test_where_a_host_is_the_agencys_an_unknown_one_has_no_such_address_either(settings):
    settings.CLINICSITE = {"AGENCY_HOST": "localhost"}
    for address in PUBLIC.values():
        response = Client(HTTP_HOST="nobody.example").get(address)
        assert response.status_code == 404, address
        assert response.text == "There is no site at this address.\n", address
