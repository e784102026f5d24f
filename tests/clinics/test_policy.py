"""The Content-Security-Policy of clinics' pages."""

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory

from clinicsite.clinics.middleware import CurrentSiteMiddleware
from clinicsite.clinics.policy import ContentPolicyMiddleware, allow, directives

POLICY = "Content-Security-Policy"


def answered(response, host="localhost", path="/"):
    """A response after the middleware, on a host."""
    answer = CurrentSiteMiddleware(ContentPolicyMiddleware(lambda request: response))
    return answer(RequestFactory().get(path, headers={"host": host}))


def test_it_allows_nothing_inline_and_nobody_else():
    allowed = {source for sources in directives().values() for source in sources}
    assert not {"'unsafe-inline'", "'unsafe-eval'", "*", "https:"} & allowed
    assert directives()["script-src"] == directives()["style-src"] == ["'self'"]
    assert directives()["img-src"] == ["'self'", "data:"]


def test_files_from_elsewhere_are_allowed_from_there_alone(settings):
    settings.MEDIA_URL = "https://media.clinics.example/files/"
    settings.STATIC_URL = "//static.clinics.example/"
    media, static = "https://media.clinics.example", "https://static.clinics.example"
    assert directives()["img-src"] == ["'self'", "data:", static, media]
    assert directives()["script-src"] == directives()["style-src"] == ["'self'", static]
    assert directives()["connect-src"] == ["'self'"]


def test_a_project_adds_sources(settings):
    settings.CLINICSITE = settings.CLINICSITE | {
        "EXTRA_SOURCES": {"img-src": ["https://bucket.example"], "media-src": ["'self'"]}
    }
    assert directives()["img-src"] == ["'self'", "data:", "https://bucket.example"]
    assert directives()["media-src"] == ["'self'"]


@pytest.mark.parametrize("path", ["/", "/nowhere/", "/search/", "/feed.xml"])
def test_whatever_a_clinic_answers_has_it(clinic, visit, path):
    assert visit(path)[POLICY].count("default-src 'none'") == 1


def test_a_page_may_be_loosened_and_the_next_is_strict_again(db):
    loose = HttpResponse("page")
    allow(loose, {"script-src": ["https://count.example"]})
    assert "script-src 'self' https://count.example;" in answered(loose)[POLICY] + ";"
    assert "count.example" not in answered(HttpResponse("page"))[POLICY]


def test_a_policy_that_is_there_stays(db):
    assert answered(HttpResponse("file", headers={POLICY: "sandbox"}))[POLICY] == "sandbox"


def test_the_admin_has_none(owner, admin_client_of):
    assert POLICY not in admin_client_of(owner).get("/admin/")


def test_a_host_of_the_projects_own_gets_none(db, settings):
    settings.CLINICSITE = {}
    assert POLICY not in answered(HttpResponse("page"), host="agency.example")
    assert POLICY not in Client(HTTP_HOST="agency.example").get("/admin/login/")
