"""Old addresses lead to where a page is now: in one step, never in a circle, never to another clinic."""

import random

import pytest
from django.test import Client
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from tests.factories import BlogIndexPageFactory, BlogPageFactory, StandardPageFactory


@pytest.fixture
def rename(django_capture_on_commit_callbacks):
    """Give a page another slug, as publishing it does."""

    def renamed(page, slug):
        page = Page.objects.get(pk=page.pk).specific
        page.slug = slug
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return renamed


@pytest.fixture
def move(django_capture_on_commit_callbacks):
    def moved(page, parent):
        with django_capture_on_commit_callbacks(execute=True):
            page = Page.objects.get(pk=page.pk).specific
            page.move(Page.objects.get(pk=parent.pk).specific, "last-child")

    return moved


@pytest.fixture
def follow(visit):
    """(status, path) where an address ends, having gone on no more than once."""

    def followed(path):
        response = visit(path)
        if response.status_code != 301:
            return response.status_code, path
        target = response["Location"].removeprefix("http://north.localhost")
        answer = visit(target)
        assert answer.status_code != 301, f"{path} leads to {target}, and that leads on"
        return answer.status_code, target

    return followed


@pytest.fixture
def first(clinic):
    return StandardPageFactory(parent=clinic.home, title="First")


@pytest.fixture
def second(clinic):
    return StandardPageFactory(parent=clinic.home, title="Second")


@pytest.fixture
def swapped(first, second, rename):
    """Two pages that have each other's address."""
    rename(first, "between")
    rename(second, "first")
    rename(first, "second")
    return first, second


def shown_at(visit, path):
    return visit(path).context["page"].pk


def test_two_pages_that_swap_addresses_answer_at_each_others(swapped, visit, follow):
    first, second = swapped
    assert shown_at(visit, "/first/") == second.pk
    assert shown_at(visit, "/second/") == first.pk
    assert follow("/between/") == (200, "/second/")


@pytest.mark.parametrize("down", [(0,), (1,), (0, 1)], ids=["one", "the other", "both"])
def test_swapped_pages_that_are_taken_down_do_not_lead_to_each_other_for_ever(swapped, follow, down):
    for number in down:
        Page.objects.get(pk=swapped[number].pk).specific.unpublish()
    for path in ("/first/", "/second/", "/between/"):
        status, _path = follow(path)
        assert status in (200, 404, 410)


def test_a_new_page_takes_an_old_address_for_good(clinic, first, rename, visit):
    rename(first, "elsewhere")
    newcomer = StandardPageFactory(parent=clinic.home, title="New", slug="first")
    newcomer.save_revision().publish()
    assert shown_at(visit, "/first/") == newcomer.pk
    newcomer.unpublish()
    assert visit("/first/").status_code in (404, 410)


def test_a_page_that_code_renames_takes_an_old_address_for_good_too(
    first, second, rename, visit, django_capture_on_commit_callbacks
):
    rename(first, "elsewhere")
    second.slug = "first"
    with django_capture_on_commit_callbacks(execute=True):
        second.save()
    assert shown_at(visit, "/first/") == second.pk
    Page.objects.get(pk=second.pk).specific.unpublish()
    assert visit("/first/").status_code in (404, 410)


def test_a_draft_takes_no_address_from_the_page_that_had_it(clinic, first, rename, follow):
    rename(first, "elsewhere")
    StandardPageFactory(parent=clinic.home, title="Draft", slug="first", live=False)
    assert follow("/first/") == (200, "/elsewhere/")


def test_a_page_that_moves_is_found_from_where_it_was_with_all_below_it(clinic, first, second, move, follow):
    below = StandardPageFactory(parent=first, title="Below")
    move(first, second)
    assert follow("/first/") == (200, "/second/first/")
    assert follow("/first/below/") == (200, "/second/first/below/")
    move(first, clinic.home)
    assert follow("/second/first/below/") == (200, "/first/below/")
    assert follow("/first/below/") == (200, "/first/below/")
    Page.objects.get(pk=below.pk).specific.unpublish()
    assert follow("/first/below/")[0] in (404, 410)


def test_renaming_what_lies_above_and_then_the_page_makes_no_chain(clinic, rename, follow):
    blog = BlogIndexPageFactory(parent=clinic.home)
    post = BlogPageFactory(parent=blog, title="Necks")
    rename(blog, "news")
    rename(post, "stiff-necks")
    rename(blog, "words")
    for old in ("/blog/necks/", "/news/necks/", "/news/stiff-necks/"):
        assert follow(old) == (200, "/words/stiff-necks/")


def test_a_page_that_moves_to_another_clinic_is_not_led_to_from_the_one_it_left(
    first, other_clinic, move, visit
):
    move(first, other_clinic.home)
    assert visit("/first/").status_code == 404
    assert Redirect.objects.count() == 0


def test_a_redirect_that_an_owner_made_by_hand_stays(clinic, first, second, rename):
    own = Redirect.objects.create(
        site=clinic.site, old_path="/second", redirect_page=first, automatically_created=False
    )
    rename(second, "third")
    rename(second, "second")
    assert Redirect.objects.filter(pk=own.pk).exists()


def test_an_address_at_another_clinic_is_left_alone(clinic, other_clinic, first, rename):
    theirs = StandardPageFactory(parent=other_clinic.home, title="First")
    rename(theirs, "theirs")
    rename(first, "second")
    rename(first, "first")
    there = Client(HTTP_HOST=other_clinic.host).get
    assert there("/first/")["Location"] == "/theirs/"


@pytest.mark.parametrize("seed", range(4))
def test_whatever_is_renamed_every_old_address_ends_at_a_page_in_one_step(
    clinic, first, second, rename, follow, seed
):
    choose = random.Random(seed)
    addresses = {"/first/", "/second/"}
    for _ in range(7):
        page, slug = choose.choice([first, second]), choose.choice("abcd")
        if not clinic.home.get_children().filter(slug=slug).exists():
            rename(page, slug)
            addresses.add(f"/{slug}/")
    assert {follow(path)[0] for path in addresses} == {200}
    for page in (first, second):
        Page.objects.get(pk=page.pk).specific.unpublish()
    assert {follow(path)[0] for path in addresses} <= {404, 410}
