"""One site for one front page, and whatever is added, the first keeps its addresses."""

import re

import pytest
from django.urls import reverse
from wagtail.models import Page, Site

from clinicsite.core import site_roots
from tests.factories import BlogIndexPageFactory, BlogPageFactory, UserFactory


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
