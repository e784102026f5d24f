"""One topic, one tag: however it is written, and whatever other clinics have."""

import pytest

from clinicsite.home.blog.topics import topic_of
from clinicsite.home.models import BlogPage
from tests.factories import BlogIndexPageFactory, BlogPageFactory


@pytest.fixture
def blog(clinic):
    return BlogIndexPageFactory(parent=clinic.home, slug="blog")


def post(blog, *tags, **fields):
    page = BlogPageFactory(parent=blog, **fields)
    page.tags.add(*tags)
    page.save()
    return page


@pytest.mark.parametrize(
    ("name", "topic"),
    [
        ("Dry Needling", "dry-needling"),
        ("Dry needling", "dry-needling"),
        ("dry-needling", "dry-needling"),
        ("dry  needling", "dry-needling"),
        ("dry\u00a0needling ", "dry-needling"),
        ("dry – needling", "dry-needling"),
        ("DRY_NEEDLING", "dry-needling"),
        ("C#", "c#"),
        ("C++", "c++"),
        ("#running", "running"),
        ("Running!", "running"),
        ("running.", "running"),
        ("#", "#"),
        ("Caf\u00e9", "caf\u00e9"),
        ("Cafe\u0301", "caf\u00e9"),
        ("Straße", "strasse"),
        ("-", "-"),
    ],
)
def test_a_topic_is_its_words(name, topic):
    assert topic_of(name) == topic


def test_one_topic_stands_once_in_the_filter_as_it_is_written_most_often(blog, visit):
    post(blog, "Dry Needling", title="One")
    post(blog, "Dry needling", "dry-needling", "dry  needling", "Running", title="Two")
    post(blog, "Dry Needling", title="Three")
    response = visit("/blog/")
    tags = [(tag.slug, tag.name) for tag in response.context["filter"].tags]
    assert tags == [("dry-needling", "Dry Needling"), ("running", "Running")]
    assert response.text.count('<option value="dry-needling"') == 1


@pytest.mark.parametrize("asked", ["dry-needling", "Dry+Needling", "DRY-needling"])
def test_all_posts_of_a_topic_are_found_each_once(blog, visit, asked):
    post(blog, "Dry Needling", title="One")
    post(blog, "Dry needling", "dry-needling", title="Two")
    post(blog, "Running", title="Three")
    titles = {page.title for page in visit(f"/blog/?tag={asked}").context["posts"]}
    assert titles == {"One", "Two"}


def test_a_post_names_each_topic_once(blog, visit):
    page = post(blog, "Dry needling", "dry-needling", "Running", title="One", slug="one")
    text = visit("/blog/one/").text
    assert text.count('href="../?tag=dry-needling"') == 1
    assert [tag.slug for tag in BlogPage.objects.get(pk=page.pk).topics] == ["dry-needling", "running"]


def test_another_clinics_tags_decide_no_address(blog, other_clinic):
    theirs = BlogIndexPageFactory(parent=other_clinic.home)
    there = post(theirs, "running").tags.get()
    here = post(blog, "Running").tags.get()
    assert (there.name, there.slug, here.name, here.slug) == ("running", "running", "Running", "running")


def test_signs_keep_topics_apart_and_lead_to_their_posts(blog, visit):
    post(blog, "C#", title="Sharp")
    post(blog, "C++", title="Plus", slug="plus")
    assert 'href="../?tag=c%2B%2B"' in visit("/blog/plus/").text
    assert [page.title for page in visit("/blog/?tag=c%2B%2B").context["posts"]] == ["Plus"]
    assert [page.title for page in visit("/blog/?tag=c%23").context["posts"]] == ["Sharp"]


def test_posts_that_share_a_topic_are_related_however_it_is_written(blog):
    first = post(blog, "Dry Needling", title="One")
    post(blog, "Running", title="Two")
    shared = post(blog, "dry-needling", title="Three")
    assert first.get_related()[0] == shared
