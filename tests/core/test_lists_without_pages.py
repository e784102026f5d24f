"""A page that lists the pages below it is named nowhere while there is none."""

import pytest
from wagtail.models import Page, PageViewRestriction

from clinicsite.core.querysets import listed, open_to_all
from clinicsite.home.models import BlogIndexPage
from tests.factories import BlogIndexPageFactory, BlogPageFactory, StandardPageFactory

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


@pytest.fixture
def blog(clinic):
    return BlogIndexPageFactory(parent=clinic.home, title="Our blog", slug="blog", show_in_menus=True)


PLACES = {
    "the menu": lambda visit: 'href="/blog/"' in visit("/fees/").text,
    "the sitemap": lambda visit: "/blog/</loc>" in visit("/sitemap.xml").text,
    "the search": lambda visit: "Our blog" in visit("/search/?q=blog").text,
}


@pytest.fixture(params=PLACES)
def is_named(request, clinic, visit):
    StandardPageFactory(parent=clinic.home, title="Fees", slug="fees")
    return lambda: PLACES[request.param](visit)


def test_a_blog_is_named_from_its_first_post_to_its_last(blog, is_named):
    assert not is_named()
    post = BlogPageFactory(parent=blog, title="Winter", live=False)
    assert not is_named()
    post.save_revision().publish()
    assert is_named()
    post.refresh_from_db()
    post.unpublish()
    assert not is_named()
    post.save_revision().publish()
    assert is_named()
    post.delete()
    assert not is_named()


def test_a_post_that_only_some_may_read_fills_no_list_for_others(clinic, blog):
    post = BlogPageFactory(parent=blog)
    assert list(open_to_all(BlogIndexPage.objects)) == [blog]
    PageViewRestriction.objects.create(page=post, restriction_type="password", password="open sesame")
    for pages in (BlogIndexPage.objects, Page.objects.filter(slug="blog")):
        assert not listed(pages, clinic.home).exists()
        assert not open_to_all(pages).exists()
        assert listed(pages, post).exists()


def test_a_page_that_is_no_list_needs_nothing_below_it(clinic):
    fees = StandardPageFactory(parent=clinic.home)
    assert fees.page_ptr in listed(Page.objects.all(), clinic.home)


def test_the_page_itself_still_answers(blog, visit):
    assert visit("/blog/").status_code == 200


def test_somebody_is_led_from_a_gone_page_to_what_has_something_to_read(clinic, blog, visit):
    post = BlogPageFactory(parent=blog, slug="winter")
    post.save_revision().publish()
    post.refresh_from_db()
    post.unpublish()
    answer = visit("/blog/winter/")
    assert answer.status_code == 410
    assert 'href="/blog/"' not in answer.text
