"""What to read next: the posts that one names itself, then the nearest, as many as the clinic wants."""

import pytest

from clinicsite.home.models import RelatedPost
from tests.factories import BlogIndexPageFactory, BlogPageFactory, PractitionerPageFactory


@pytest.fixture
def blog(clinic):
    return BlogIndexPageFactory(parent=clinic.home)


@pytest.fixture
def posts(blog):
    """Posts 1 to 6, the newest last."""
    return [BlogPageFactory(parent=blog, title=f"Post {day}", date=f"2026-05-0{day}") for day in range(1, 7)]


def related(visit, page):
    return [post.title for post in visit(page.url).context["related"]]


def want(clinic, number):
    clinic.settings.posts_below = number
    clinic.settings.save()


def name(page, *others):
    page.related_posts = [RelatedPost(post=post, sort_order=number) for number, post in enumerate(others)]
    page.save()


def test_three_are_shown_where_nobody_has_said_how_many(posts, visit):
    assert related(visit, posts[0]) == ["Post 6", "Post 5", "Post 4"]


@pytest.mark.parametrize(
    ("number", "shown"), [(0, []), (1, ["Post 6"]), (5, [f"Post {n}" for n in (6, 5, 4, 3, 2)])]
)
def test_as_many_as_the_clinic_wants(clinic, posts, visit, number, shown):
    want(clinic, number)
    assert related(visit, posts[0]) == shown


def test_those_that_a_post_names_stand_first_in_its_order(posts, visit):
    name(posts[0], posts[1], posts[4])
    assert related(visit, posts[0]) == ["Post 2", "Post 5", "Post 6"]


def test_all_that_a_post_names_are_shown(clinic, posts, visit):
    want(clinic, 1)
    name(posts[0], *posts[2:6])
    assert related(visit, posts[0]) == ["Post 3", "Post 4", "Post 5", "Post 6"]


def test_one_of_the_librarys_is_the_clinics_that_follows_it(blog, library, posts, visit):
    original = BlogPageFactory(parent=library, title="Original")
    BlogPageFactory(parent=blog, title="Ours", library_page=original, sections=[], date="2020-01-01")
    name(posts[0], original)
    assert related(visit, posts[0])[0] == "Ours"


def test_none_of_another_clinic_none_unpublished_and_not_itself(other_clinic, posts, visit):
    foreign = BlogPageFactory(parent__parent=other_clinic.home, title="Of South")
    posts[5].unpublish()
    name(posts[0], foreign, posts[5], posts[0], posts[1])
    assert related(visit, posts[0]) == ["Post 2", "Post 5", "Post 4"]


def test_a_link_leads_to_all_of_them(clinic, posts, visit):
    assert '<a href="/blog/">All posts' in visit(posts[0].url).text
    assert '<a href="/blog/">All posts' in visit("/").text


def test_a_person_has_as_many_posts_below_and_a_link_to_all(clinic, posts, visit):
    person = PractitionerPageFactory(parent__parent=clinic.home, title="Robin Vale")
    for post in posts:
        post.authors = [person]
        post.save()
    want(clinic, 4)
    response = visit(person.url)
    assert [post.title for post in response.context["posts"]] == ["Post 6", "Post 5", "Post 4", "Post 3"]
    assert f'<a href="/blog/?author={person.slug}">' in response.text
