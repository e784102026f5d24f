"""What a post is about, and which posts and people a page leads to: the same clinic's, the nearest first."""

from datetime import date

import pytest

from clinicsite.home.models import BlogPage
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    PractitionerIndexPageFactory,
    PractitionerPageFactory,
)


@pytest.fixture
def blog(clinic):
    return BlogIndexPageFactory(parent=clinic.home)


@pytest.fixture
def condition(clinic):
    return ConditionPageFactory(parent=ConditionIndexPageFactory(parent=clinic.home), title="Tennis elbow")


@pytest.fixture
def treatments(clinic):
    return ModalityIndexPageFactory(parent=clinic.home)


@pytest.fixture
def add(blog):
    """A post of the clinic, the newest with the greatest day: `add("Elbows", 3)`."""

    def added(title, day, **fields):
        return BlogPageFactory(parent=blog, title=title, date=date(2026, 5, day), **fields)

    return added


@pytest.fixture
def read(visit):
    """What a reader of a post is shown: `read(post)["related"]`."""

    def context(post):
        response = visit(post.get_url_parts()[2])
        assert response.status_code == 200
        return response.context

    return context


def titles(pages):
    return [page.title for page in pages]


def tag(post, *names):
    post.tags.set(names)
    post.save()
    return post


def test_posts_on_the_same_topic_come_before_those_with_a_tag_and_those_before_the_newest(
    add, condition, read
):
    post = tag(add("Elbows", 1, conditions=[condition]), "sleep")
    add("Newest", 9)
    tag(add("Tagged", 3), "sleep")
    add("On elbows too", 2, conditions=[condition])
    assert titles(read(post)["related"]) == ["On elbows too", "Tagged", "Newest"]


def test_among_equals_the_newest_comes_first(add, condition, read):
    post = add("Elbows", 1, conditions=[condition])
    for day in (2, 4, 3, 5):
        add(f"Day {day}", day, conditions=[condition])
    assert titles(read(post)["related"]) == ["Day 5", "Day 4", "Day 3"]


def test_a_treatment_is_a_topic_too(add, treatments, read):
    needling = ModalityPageFactory(parent=treatments, title="Needling")
    ModalityPageFactory(parent=treatments, title="Massage")
    post = add("Needles", 1, modalities=[needling])
    add("Newest", 9)
    add("More needles", 2, modalities=[needling])
    shown = read(post)
    assert titles(shown["related"]) == ["More needles", "Newest"]
    assert titles(shown["treatments"]) == ["Needling"]


def test_a_post_about_no_treatment_shows_all_of_the_clinics(add, treatments, read):
    for title in ("Needling", "Massage"):
        ModalityPageFactory(parent=treatments, title=title)
    assert sorted(titles(read(add("News", 1))["treatments"])) == ["Massage", "Needling"]


def test_a_follower_is_about_what_the_library_says_shown_as_the_clinics_own_pages(
    add, library, condition, read
):
    shared = ConditionPageFactory(parent=library, title="Shared elbow")
    condition.library_page = shared
    condition.save()
    post = BlogPageFactory(parent=library, title="Shared post", conditions=[shared])
    follower = add("Elbows", 1, library_page=post, sections=[])
    add("Newest", 9)
    add("On elbows too", 2, conditions=[condition])
    assert titles(read(follower)["conditions"]) == ["Tennis elbow"]
    assert titles(read(follower)["related"]) == ["On elbows too", "Newest"]


def test_a_clinics_own_topics_stand_instead_of_the_librarys(add, library, condition, read):
    shared = ConditionPageFactory(parent=library, title="Shared elbow")
    post = BlogPageFactory(parent=library, title="Shared post", conditions=[shared])
    own = ConditionPageFactory(parent=condition.get_parent(), title="Knee pain")
    follower = add("Knees", 1, library_page=post, sections=[], conditions=[own])
    assert titles(read(follower)["conditions"]) == ["Knee pain"]


def test_another_clinics_posts_and_topics_are_never_shown(add, condition, other_clinic, library, read):
    shared = ConditionPageFactory(parent=library, title="Shared elbow")
    condition.library_page = shared
    condition.save()
    theirs = ConditionPageFactory(parent__parent=other_clinic.home, title="Their elbow", library_page=shared)
    foreign = BlogIndexPageFactory(parent=other_clinic.home)
    BlogPageFactory(parent=foreign, title="Their post", conditions=[shared, theirs])
    post = add("Elbows", 1, conditions=[condition, theirs, shared])
    shown = read(post)
    assert titles(shown["conditions"]) == ["Tennis elbow"]
    assert titles(shown["related"]) == []


def test_a_draft_is_not_related(add, condition, read):
    post = add("Elbows", 1, conditions=[condition])
    add("Draft", 2, conditions=[condition], live=False)
    assert titles(read(post)["related"]) == []


@pytest.fixture
def person(clinic, treatments, condition):
    needling = ModalityPageFactory(parent=treatments, title="Needling", conditions=[condition])
    team = PractitionerIndexPageFactory(parent=clinic.home)
    return PractitionerPageFactory(parent=team, title="Robin Vale", modalities=[needling])


def test_a_persons_page_shows_their_newest_posts_and_what_they_treat(add, person, read):
    for day in range(1, 6):
        add(f"Day {day}", day, authors=[person])
    add("Somebody else’s", 9)
    shown = read(person)
    assert titles(shown["posts"]) == ["Day 5", "Day 4", "Day 3"]
    assert titles(shown["conditions"]) == ["Tennis elbow"]


def test_a_persons_page_shows_nothing_of_another_clinic(add, person, other_clinic, treatments, read):
    foreign = BlogIndexPageFactory(parent=other_clinic.home)
    BlogPageFactory(parent=foreign, title="Their post", authors=[person])
    theirs = ConditionPageFactory(parent__parent=other_clinic.home, title="Their elbow")
    needling = person.modalities.get()
    needling.conditions = [theirs]
    needling.save()
    shown = read(person)
    assert titles(shown["posts"]) == []
    assert titles(shown["conditions"]) == []


def test_what_is_treated_is_read_through_from_the_library(person, library, condition, read):
    shared = ConditionPageFactory(parent=library, title="Shared elbow")
    condition.library_page = shared
    condition.save()
    needling = person.modalities.get()
    needling.library_page = ModalityPageFactory(parent=library, conditions=[shared])
    needling.conditions = []
    needling.save()
    assert titles(read(person)["conditions"]) == ["Tennis elbow"]


def test_the_topics_of_a_draft_are_those_of_the_preview(add, condition, owner, admin_client_of):
    post = BlogPage.objects.get(pk=add("Elbows", 1).pk)
    post.conditions = [condition]
    post.save_revision()
    response = admin_client_of(owner).get(f"/admin/pages/{post.pk}/view_draft/")
    assert response.status_code == 200
    assert titles(response.context["conditions"]) == ["Tennis elbow"]
