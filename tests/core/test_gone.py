"""An address whose page has been taken down says so, until something else answers there."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from clinicsite.core.gone import KEPT_FOR
from clinicsite.core.models import GoneAddress
from clinicsite.provisioning.clinics import remove_site
from tests.factories import BlogIndexPageFactory, BlogPageFactory, StandardPageFactory

TAKEN_DOWN = "We have taken this page down"


def published(factory, **fields):
    """A page that went live as an editor's pages do."""
    page = factory(live=False, **fields)
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


@pytest.fixture
def blog(clinic):
    return published(
        BlogIndexPageFactory, parent=clinic.home, title="Our blog", slug="blog", show_in_menus=True
    )


@pytest.fixture
def post(blog):
    return published(BlogPageFactory, parent=blog, title="Old news", slug="old-news")


@pytest.fixture
def delete(django_capture_on_commit_callbacks):
    def delete(page):
        with django_capture_on_commit_callbacks(execute=True):
            Page.objects.get(pk=page.pk).specific.delete()

    return delete


def test_an_unpublished_page_is_gone_and_says_where_to_go_on(blog, post, visit):
    BlogPageFactory(parent=blog, title="Newer")
    assert visit("/blog/old-news/").status_code == 200
    post.unpublish()
    response = visit("/blog/old-news/")
    assert response.status_code == 410
    assert TAKEN_DOWN in response.text
    assert '<a class="button button--primary" href="/blog/">Our blog</a>' in response.text
    assert "North Clinic" in response.text
    assert "Old news" not in response.text


def test_a_page_that_has_expired_is_gone(post, visit):
    type(post).objects.update(expire_at=timezone.now() - timedelta(minutes=1))
    call_command("publish_scheduled")
    assert visit("/blog/old-news/").status_code == 410


def test_a_deleted_page_and_all_below_it_are_gone(blog, post, visit, delete):
    delete(blog)
    assert visit("/blog/").status_code == 410
    assert visit("/blog/old-news/").status_code == 410


def test_a_draft_that_nobody_has_seen_is_not_found(blog, visit, delete):
    draft = BlogPageFactory(parent=blog, title="Secret plan", slug="plan", live=False)
    assert visit("/blog/plan/").status_code == 404
    delete(draft)
    assert visit("/blog/plan/").status_code == 404


def test_a_redirect_wins(post, clinic, visit):
    post.unpublish()
    Redirect.objects.create(site=clinic.site, old_path="/blog/old-news", redirect_link="/about/")
    assert visit("/blog/old-news/")["Location"] == "/about/"


def test_a_new_page_at_the_address_wins(blog, post, visit, delete):
    delete(post)
    published(BlogPageFactory, parent=blog, title="New news", slug="old-news")
    assert visit("/blog/old-news/").status_code == 200


def test_a_published_again_page_wins(post, visit):
    post.unpublish()
    post.save_revision().publish()
    assert visit("/blog/old-news/").status_code == 200


def test_another_clinics_deleted_page_is_not_found_here(clinic, other_clinic, visit, delete):
    page = published(StandardPageFactory, parent=other_clinic.home, title="Theirs", slug="theirs")
    delete(page)
    assert GoneAddress.objects.filter(site=other_clinic.site, path="/theirs/").exists()
    assert visit("/theirs/").status_code == 404


def test_an_address_that_never_was_is_not_found(clinic, visit):
    assert visit("/nowhere/").status_code == 404
    assert visit("/a%00b/").status_code == 404


def test_a_site_that_goes_before_its_pages_leaves_nothing(clinic, delete):
    published(StandardPageFactory, parent=clinic.home, title="About", slug="about")
    remove_site(clinic.site)
    delete(clinic.home)
    assert GoneAddress.objects.count() == 0


def test_addresses_are_forgotten_once_nobody_follows_them_any_more(clinic, delete):
    with time_machine.travel(timezone.now() - KEPT_FOR - timedelta(days=1)):
        delete(published(StandardPageFactory, parent=clinic.home, title="First", slug="first"))
    delete(published(StandardPageFactory, parent=clinic.home, title="Second", slug="second"))
    assert [one.path for one in GoneAddress.objects.all()] == ["/second/"]


def test_a_page_that_is_not_found_costs_few_queries(blog, clinic, visit):
    visit("/nowhere/")
    with CaptureQueriesContext(connection) as captured:
        visit("/blog/nowhere/")
    assert len(captured) <= 8, [query["sql"] for query in captured]
