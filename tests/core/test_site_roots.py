"""From a page's path in the tree to its address."""

import random

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page, Site

from clinicsite.clinics.models import NetworkPage
from clinicsite.core import site_roots
from clinicsite.core.rendering import rendering_for
from clinicsite.provisioning.clinics import remove_site
from tests.factories import NetworkPageFactory, StandardPageFactory


@pytest.fixture
def about(clinic):
    """A page of the clinic, below its home page."""
    return StandardPageFactory(parent=clinic.home, title="About us")


def fresh(page):
    return type(page).objects.get(pk=page.pk)


def test_the_home_page_is_the_root_of_its_clinics_address(clinic):
    assert clinic.home.get_url_parts() == (clinic.site.pk, "http://north.localhost", "/")
    assert clinic.home.full_url == "http://north.localhost/"


def test_an_address_is_a_path_at_home_and_whole_from_elsewhere(clinic, other_clinic, about):
    with rendering_for(clinic.site):
        assert about.url == "/about-us/"
    with rendering_for(other_clinic.site):
        assert about.url == "http://north.localhost/about-us/"
    assert about.url == about.full_url == "http://north.localhost/about-us/"
    assert about.get_url(current_site=clinic.site) == "/about-us/"


def test_each_clinics_pages_have_its_own_address(about, other_clinic):
    theirs = StandardPageFactory(parent=other_clinic.home, title="About us")
    assert (about.full_url, theirs.full_url) == (
        "http://north.localhost/about-us/",
        "http://south.localhost/about-us/",
    )


def test_a_page_of_the_library_has_no_address(library):
    page = StandardPageFactory(parent=library)
    assert (page.get_url_parts(), page.url, page.full_url) == (None, None, None)


def test_a_renamed_host_changes_every_address(clinic, about):
    assert about.full_url == "http://north.localhost/about-us/"
    clinic.site.hostname, clinic.site.port = "renamed.localhost", 443
    clinic.site.save()
    assert about.full_url == "https://renamed.localhost/about-us/"


def test_a_deleted_site_leaves_its_pages_without_address(clinic, about):
    assert about.url is not None
    remove_site(clinic.site)
    assert about.url is None


def test_a_new_slug_changes_the_address(clinic, about, django_capture_on_commit_callbacks):
    about.slug = "who-we-are"
    with django_capture_on_commit_callbacks(execute=True):
        about.save()
    assert fresh(about).full_url == "http://north.localhost/who-we-are/"


@pytest.mark.parametrize("above", ["home", "network"])
def test_a_new_slug_above_keeps_the_address(clinic, about, django_capture_on_commit_callbacks, above):
    page = clinic.home if above == "home" else clinic.home.get_parent().specific
    page.slug = "renamed"
    with django_capture_on_commit_callbacks(execute=True):
        page.save()
    assert "/renamed/" in fresh(about).url_path
    assert fresh(about).full_url == "http://north.localhost/about-us/"


def test_a_clinic_moved_to_another_network_keeps_its_addresses(
    clinic, about, django_capture_on_commit_callbacks
):
    network = NetworkPageFactory(title="Another network")
    with django_capture_on_commit_callbacks(execute=True):
        clinic.home.move(network, pos="last-child")
    assert fresh(about).url_path.startswith("/another-network/")
    assert fresh(about).full_url == "http://north.localhost/about-us/"


def test_addresses_cost_no_query_once_warm(clinic, other_clinic, about, django_assert_num_queries):
    pages = [about, clinic.home, StandardPageFactory(parent=other_clinic.home)]
    assert all(page.url for page in pages)
    with django_assert_num_queries(0):
        assert all(page.url and page.full_url for page in pages)


def test_a_change_by_another_process_shows_when_it_renews_the_version(about, django_assert_num_queries):
    assert about.full_url == "http://north.localhost/about-us/"
    Site.objects.filter(hostname="north.localhost").update(hostname="renamed.localhost")
    assert about.full_url == "http://north.localhost/about-us/"
    site_roots.bump_version()
    with django_assert_num_queries(1):
        assert about.full_url == "http://renamed.localhost/about-us/"
        assert about.full_url == "http://renamed.localhost/about-us/"


def test_a_lost_cache_only_costs_one_query(about, django_assert_num_queries):
    assert about.url is not None
    cache.clear()
    with django_assert_num_queries(1):
        assert about.url is not None


def test_other_processes_are_told_again_once_a_change_is_committed(
    clinic, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks() as callbacks:
        clinic.site.save()
    within = cache.get(site_roots.VERSION_KEY)
    for callback in callbacks:
        callback()
    assert cache.get(site_roots.VERSION_KEY) not in (None, within)


class Orchard:
    """A random tree of pages and sites, and random changes to them."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.number = 0
        self.pages = [Page.get_first_root_node()]
        for _ in range(12):
            self.plant()
        for _ in range(4):
            self.add_site()

    def plant(self):
        self.number += 1
        parent = fresh(self.random.choice(self.pages[-5:]))
        self.pages.append(parent.add_child(instance=NetworkPage(title="Page", slug=f"p-{self.number}")))

    def some_page(self):
        return fresh(self.random.choice(self.pages[1:]))

    def add_site(self):
        self.number += 1
        port = self.random.choice([80, 443, 8000])
        Site.objects.create(hostname=f"h-{self.number}.example", port=port, root_page=self.some_page())

    def delete_site(self):
        self.random.choice(Site.objects.order_by("pk")).delete()

    def rename(self):
        self.number += 1
        page = self.some_page()
        page.slug = f"r-{self.number}"
        page.save()

    def move(self):
        page, target = self.some_page(), fresh(self.random.choice(self.pages))
        if not (target == page or target.is_descendant_of(page) or page.is_child_of(target)):
            page.move(target, pos="last-child")

    def change(self):
        self.random.choice([self.plant, self.add_site, self.delete_site, self.rename, self.move])()


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(4))
def test_every_address_is_the_one_wagtail_gives(seed, django_capture_on_commit_callbacks):
    orchard = Orchard(seed)
    for _ in range(12):
        if Site.objects.count() < 2:
            orchard.add_site()
        with django_capture_on_commit_callbacks(execute=True):
            orchard.change()
        ours = {page.pk: site_roots.url_parts(page.url_path) for page in Page.objects.all()}
        Site.clear_site_root_paths_cache()
        assert ours == {page.pk: page.get_url_parts() for page in Page.objects.all()}


def test_of_sites_that_share_a_root_page_the_oldest_gives_the_address(clinic):
    home = clinic.home
    Site.objects.filter(is_default_site=True).update(is_default_site=False)
    Site.objects.create(hostname="a.example", root_page=home, is_default_site=True)
    assert home.specific.full_url == "http://north.localhost/"


def test_fifty_clinics_cost_no_more_than_one(clinic, about):
    def queries():
        cache.clear()
        with CaptureQueriesContext(connection) as captured:
            assert about.url
        return len(captured)

    alone = queries()
    Site.objects.bulk_create(Site(hostname=f"c-{n}.example", root_page=clinic.home) for n in range(50))
    assert queries() == alone == 1


def made_elsewhere(clinic, hostname):
    """A clinic that another process has made: no signal, no version, nothing in this process's cache."""
    home = type(clinic.home).objects.get(pk=clinic.home.pk)
    new = home.copy(update_attrs={"slug": "elsewhere", "title": "Elsewhere"}, recursive=False)
    Site.objects.bulk_create([Site(hostname=hostname, port=80, site_name="Elsewhere", root_page=new)])
    return fresh(new)


def test_a_clinic_made_in_another_process_has_its_addresses_at_once(clinic, visit):
    assert clinic.home.full_url == "http://north.localhost/"
    home = made_elsewhere(clinic, "elsewhere.localhost")
    with rendering_for(Site.objects.select_related("root_page").get(hostname="elsewhere.localhost")):
        assert home.url == "/"
    assert home.full_url == "http://elsewhere.localhost/"


def test_elsewhere_it_is_known_after_a_moment(clinic, monkeypatch):
    assert clinic.home.full_url == "http://north.localhost/"
    home = made_elsewhere(clinic, "elsewhere.localhost")
    assert home.full_url is None
    later = site_roots.monotonic() + site_roots.LOOKED_AGAIN + 1
    monkeypatch.setattr(site_roots, "monotonic", lambda: later)
    assert home.full_url == "http://elsewhere.localhost/"


def test_pages_without_an_address_cost_one_look_in_a_while(clinic, library, django_assert_num_queries):
    page = StandardPageFactory(parent=library)
    assert clinic.home.full_url == "http://north.localhost/"
    with django_assert_num_queries(0):
        assert [page.full_url for _ in range(20)] == [None] * 20
