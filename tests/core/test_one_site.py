"""One site for one front page, and whatever is added, the first keeps its addresses."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Page, Site

from clinicsite.core import site_roots
from tests.factories import BlogIndexPageFactory, BlogPageFactory, StandardPageFactory, UserFactory


@pytest.fixture
def add_site(admin_client_of):
    """Settings > Sites > Add, as the agency does it."""

    def add(hostname, root_page):
        client = admin_client_of(UserFactory(is_superuser=True))
        data = {"hostname": hostname, "port": 80, "site_name": "Old domain", "root_page": root_page.pk}
        return client.post(reverse("wagtailsites:add"), data)

    return add


def test_a_second_site_on_a_clinics_front_page_is_refused_in_words(clinic, add_site):
    response = add_site("ashbourne-physio.localhost", clinic.home)
    assert "is the front page of a clinic that has a site already, north.localhost." in response.text
    assert not Site.objects.filter(hostname="ashbourne-physio.localhost").exists()


def test_the_clinics_own_site_can_be_changed(clinic, admin_client_of):
    client = admin_client_of(UserFactory(is_superuser=True))
    data = {"hostname": "moved.localhost", "port": 80, "site_name": "North", "root_page": clinic.home.pk}
    client.post(reverse("wagtailsites:edit", args=[clinic.site.pk]), data)
    assert Site.objects.get(pk=clinic.site.pk).hostname == "moved.localhost"


def test_two_sites_on_a_page_of_the_projects_own_are_its_own_business(clinic, add_site):
    theirs = Page.get_first_root_node().add_child(instance=Page(title="Ours", slug="ours"))
    for hostname in ("one.localhost", "two.localhost"):
        assert add_site(hostname, theirs).status_code == 302
    assert Site.objects.filter(root_page=theirs).count() == 2


@pytest.mark.parametrize(("hostname", "is_default"), [("a.localhost", False), ("z.localhost", True)])
def test_a_second_site_made_by_code_takes_no_address_over(clinic, visit, hostname, is_default):
    blog = BlogIndexPageFactory(parent=clinic.home, slug="blog")
    BlogPageFactory(parent=blog, slug="knees")
    Site.objects.filter(is_default_site=True).update(is_default_site=False)
    Site.objects.create(hostname=hostname, port=80, root_page=clinic.home, is_default_site=is_default)
    assert site_roots.url_parts(clinic.home.url_path)[1] == clinic.site.root_url
    page = visit("/blog/knees/").text
    assert re.search(r'rel="canonical" href="([^"]+)"', page)[1] == f"{clinic.site.root_url}/blog/knees/"
    assert hostname not in page
    assert hostname not in visit("/blog/feed/").text


class TestTheScreenForAClinicsSite:
    @pytest.fixture
    def errors_of(self, clinic, admin_client_of):
        """What is said, by field, where a clinic's site is saved with these; it must be stored as before."""
        browser = admin_client_of(UserFactory(is_superuser=True))
        address = reverse("wagtailsites:edit", args=[clinic.site.pk])

        def errors(**typed):
            site = clinic.site
            sent = {
                "hostname": site.hostname,
                "port": site.port,
                "site_name": "N",
                "root_page": clinic.home.pk,
            }
            response = browser.post(address, sent | typed)
            stored = Site.objects.get(pk=site.pk)
            if response.status_code == 302:
                return {}
            kept = (stored.hostname, stored.port, stored.root_page_id)
            assert kept == (site.hostname, site.port, clinic.home.pk)
            return {name: " ".join(said) for name, said in response.context["form"].errors.items()}

        return errors

    @pytest.mark.parametrize(
        ("typed", "meant"),
        [
            ("https://north.example/", "north.example"),
            ("http://north.example", "north.example"),
            ("north.example:8000", "north.example"),
            ("north.example/contact", "north.example"),
            ("north.example.", "north.example"),
            ("HTTPS://North.Example", "north.example"),
            ("münchen.example", "xn--mnchen-3ya.example"),
        ],
    )
    def test_a_host_with_something_around_it_is_refused_with_the_name_that_was_meant(
        self, errors_of, typed, meant
    ):
        assert errors_of(hostname=typed) == {"hostname": f"Write the host name alone: “{meant}”."}

    @pytest.mark.parametrize(
        "typed", ["north example", "-north-.example", "north_clinic.example", "north..example"]
    )
    def test_what_is_no_host_is_refused(self, errors_of, typed):
        words = f"“{typed}” is no host name. Write the name alone, such as north.example."
        assert errors_of(hostname=typed) == {"hostname": words}

    @pytest.mark.parametrize(
        "typed", ["north.example", "NORTH.example", "xn--mnchen-3ya.example", "127.0.0.1"]
    )
    def test_a_host_that_can_be_asked_for_is_taken(self, errors_of, typed):
        assert errors_of(hostname=typed) == {}

    def test_the_agencys_own_host_is_no_clinics(self, errors_of):
        assert "is the agency’s own host" in errors_of(hostname="localhost")["hostname"]

    @pytest.mark.parametrize("typed", ["0", "-1", "65536"])
    def test_a_port_that_is_none_is_refused(self, errors_of, typed):
        assert "from 1 to 65535" in errors_of(port=typed)["port"]

    def test_a_front_page_is_not_left_for_a_page_that_is_none(self, clinic, errors_of):
        page = StandardPageFactory(parent=clinic.home, title="About us")
        for other in (page, Page.get_first_root_node()):
            assert "every address of the clinic would be gone" in errors_of(root_page=other.pk)["root_page"]

    def test_several_mistakes_are_told_at_once(self, errors_of):
        assert set(errors_of(hostname="north example", port="0")) == {"hostname", "port"}

    def test_the_projects_own_sites_take_what_they_took(self, clinic, add_site):
        theirs = Page.get_first_root_node().add_child(instance=Page(title="Ours", slug="ours"))
        assert add_site("intranet_of.ours", theirs).status_code == 302
