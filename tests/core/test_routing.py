"""How a path finds its page."""

import pytest
from django.test import RequestFactory
from wagtail.url_routing import RouteResult

from clinicsite.core.routing import route
from clinicsite.core.wagtail_private import keep_site
from tests.factories import BlogIndexPageFactory, BlogPageFactory, StandardPageFactory


def chain(parent, length):
    """Pages one below the other; returns the path to the last, and the last."""
    page, path = parent, "/"
    for depth in range(length):
        page = StandardPageFactory(parent=page, title=f"Level {depth}")
        path += f"{page.slug}/"
    return path, page


def found(clinic, path):
    """The route result for a path on a clinic's host."""
    request = RequestFactory().get(path)
    keep_site(request, clinic.site)
    return route(request, path)


@pytest.mark.parametrize("length", [1, 2, 7])
def test_a_page_is_found_in_two_queries_however_deep(clinic, django_assert_num_queries, length):
    path, page = chain(clinic.home, length)
    with django_assert_num_queries(2):
        result = found(clinic, path)
    assert result.page == page
    assert (result.args, result.kwargs) == ([], {})


def test_the_home_page_answers_for_itself(clinic):
    assert found(clinic, "/").page == clinic.home


def test_what_is_left_of_the_path_is_the_pages_own_to_route(clinic):
    blog = BlogIndexPageFactory(parent=clinic.home)
    post = BlogPageFactory(parent=blog, title="First")
    result = found(clinic, "/blog/feed/")
    assert isinstance(result, RouteResult)
    assert result.page == blog
    assert result.args[0].__name__ == "feed"
    assert found(clinic, "/blog/first/").page == post


@pytest.mark.parametrize("path", ["/nowhere/", "/level-0/nowhere/", "/level-0/level-1/x/", "/../"])
def test_a_path_that_leads_nowhere_is_not_found(clinic, path):
    chain(clinic.home, 2)
    assert found(clinic, path) is None


def test_a_draft_is_not_found_and_hides_no_page_below_it(clinic):
    draft = StandardPageFactory(parent=clinic.home, title="Draft", live=False)
    below = StandardPageFactory(parent=draft, title="Below")
    assert found(clinic, "/draft/") is None
    assert found(clinic, "/draft/below/").page == below


def test_a_path_never_leaves_its_clinic(clinic, other_clinic):
    StandardPageFactory(parent=other_clinic.home, title="Theirs")
    slug = other_clinic.home.slug
    for path in ("/theirs/", f"/../{slug}/theirs/", f"/{slug}/theirs/"):
        assert found(clinic, path) is None


def test_without_a_site_nothing_is_found(clinic):
    request = RequestFactory().get("/")
    keep_site(request, None)
    assert route(request, "/") is None


@pytest.mark.parametrize("path", ["/%00/", "/%2e%2e/", "/x%2Fy/", "/é/", f"/{'a/' * 300}", f"/{'b' * 3000}/"])
def test_a_strange_path_is_not_found_and_breaks_nothing(visit, path):
    assert visit(path).status_code == 404
