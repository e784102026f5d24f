"""The test of the leak test: leaks that are planted are found, and each as what it is."""

import pytest
from django.conf import settings
from django.urls import clear_url_caches
from wagtail import hooks

from clinicsite import agency_urls
from clinicsite.clinics.tenancy.surface import HOOK, Kind, for_clinics, forget_judgements
from tests.isolation.crawl.addresses import targets_in
from tests.isolation.crawl.exceptions import left_of
from tests.isolation.crawl.people import NAMES, askers
from tests.isolation.planted_leaks import patterns

pytestmark = pytest.mark.indexed

#: Kind -> how what was found begins.
FOUND_AS = {
    "detail": "names hushwell (200)",
    "list": "names hushwell (200)",
    "existence": "is not answered as if it did not exist: 302 against 404",
    "header": "names hushwell (200)",
    "message": "names hushwell (302)",
    "mail": "names hushwell (404)",
    "change": "changed: wagtailcore_page",
    "file": "names hushwell (200)",
    "keys": "names keys 73",
}


@pytest.fixture(scope="module")
def owner(crawl):
    return askers(crawl.world)[NAMES[0]]


@pytest.fixture
def plant(monkeypatch):
    """Plant a leak of a kind, judged to be for clinics as a careless hand would."""
    kept = []

    def make(kind):
        made = patterns(settings.MEDIA_ROOT)[kind]
        monkeypatch.setattr(agency_urls, "urlpatterns", [made, *agency_urls.urlpatterns])
        judged = for_clinics(Kind.ADDRESS, made.name)
        kept.append(hooks.register_temporarily(HOOK, lambda: [judged]))
        kept[-1].__enter__()
        forget_judgements()
        clear_url_caches()

    yield make
    for one in kept:
        one.__exit__(None, None, None)
    monkeypatch.undo()
    forget_judgements()
    clear_url_caches()


def found(crawl, owner):
    """What the owner of the other clinic finds at what was planted, and at the addresses of files."""
    before = len(crawl.result.leaks)
    targets = targets_in(crawl.world, owner.urlconf)
    crawl.ask_as(owner, [one for one in targets if one.name.startswith("planted_") or one.name == "media"])
    return left_of(crawl.result.leaks[before:])


@pytest.mark.parametrize("kind", FOUND_AS)
def test_a_planted_leak_is_found_as_what_it_is(db, crawl, owner, plant, kind):
    assert not found(crawl, owner)
    plant(kind)
    leaks = found(crawl, owner)
    assert any(leak.what.startswith(FOUND_AS[kind]) for leak in leaks), [leak.what for leak in leaks]
