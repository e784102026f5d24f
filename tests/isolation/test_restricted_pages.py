"""A page behind a password, a login or a group is named in no list that other readers see."""

from copy import deepcopy

import pytest
from django.contrib.auth.models import Group
from wagtail.models import PageViewRestriction

from clinicsite.clinics.profile import profile_for
from clinicsite.core.querysets import listed
from clinicsite.home.models import BlogIndexPage, BlogPage, ContactPage
from clinicsite.locations.models import (
    LocationIndexPage,
    LocationPage,
    PractitionerIndexPage,
    PractitionerPage,
)
from clinicsite.modalities.models import ConditionIndexPage, ConditionPage, ModalityIndexPage, ModalityPage
from tests.factories import BlogPageFactory, ClinicFactory
from tests.factories.everything import EVERY_PAGE_TYPE, Everything

pytestmark = pytest.mark.indexed

SECRET = "Behind-a-curtain"
LISTED_TYPES = [BlogPage, ConditionPage, LocationPage, ModalityPage, PractitionerPage, ContactPage]
INDEX_OF = {
    BlogPage: BlogIndexPage,
    ConditionPage: ConditionIndexPage,
    LocationPage: LocationIndexPage,
    ModalityPage: ModalityIndexPage,
    PractitionerPage: PractitionerIndexPage,
}
KINDS = [PageViewRestriction.PASSWORD, PageViewRestriction.LOGIN, PageViewRestriction.GROUPS]


def restrict(page, kind=PageViewRestriction.PASSWORD):
    """Put a page behind a restriction of a kind; what lies below it, too."""
    restriction = PageViewRestriction.objects.create(page=page, restriction_type=kind, password="open sesame")
    if kind == PageViewRestriction.GROUPS:
        restriction.groups.add(Group.objects.create(name="Inner circle"))
    return restriction


def path_of(page):
    return page.get_url_parts()[2]


def shown_at(visit, path):
    response = visit(path)
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture(scope="module")
def made(kept_database):
    """A clinic with one page of each type whose own title is known, made once."""
    made = Everything(ClinicFactory(hostname="north.localhost", name="North Clinic"), several=2)
    for model in LISTED_TYPES:
        page = made.pages[model]
        page.title = f"{SECRET} {model.__name__}"
        page.save_revision().publish()
    return made


@pytest.fixture
def everything(made, db):
    """What was made, in objects of the test's own."""
    return deepcopy(made)


@pytest.fixture
def clinic(everything):
    return everything.clinic


@pytest.mark.parametrize("model", LISTED_TYPES, ids=lambda model: model.__name__)
def test_a_restricted_page_is_named_on_no_other_page(everything, visit, model):
    secret = everything.pages[model]
    paths = [path_of(everything.pages[other]) for other in EVERY_PAGE_TYPE if other is not model]
    assert any(secret.title in shown_at(visit, path) for path in paths)
    restrict(secret)
    for path in paths:
        assert secret.title not in shown_at(visit, path), path
        assert f'href="{path_of(secret)}"' not in shown_at(visit, path), path


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_restriction_takes_a_page_out_of_the_lists(everything, visit, kind):
    secret = everything.pages[ModalityPage]
    restrict(secret, kind)
    assert secret.title not in shown_at(visit, "/")
    assert secret.title not in shown_at(visit, path_of(everything.pages[ModalityIndexPage]))


@pytest.mark.parametrize("model", INDEX_OF, ids=lambda model: model.__name__)
def test_what_lies_below_a_restricted_page_is_named_nowhere_else(everything, visit, model):
    restrict(everything.pages[INDEX_OF[model]])
    for other in EVERY_PAGE_TYPE:
        if other not in (model, INDEX_OF[model]):
            shown = shown_at(visit, path_of(everything.pages[other]))
            assert everything.pages[model].title not in shown, other
            assert f'href="{path_of(everything.pages[INDEX_OF[model]])}' not in shown, other


def test_a_restricted_post_is_not_in_the_feed(everything, visit):
    feed = path_of(everything.pages[BlogIndexPage]) + "feed/"
    secret = everything.pages[BlogPage]
    assert secret.title in shown_at(visit, feed)
    restrict(secret)
    assert secret.title not in shown_at(visit, feed)


def test_a_restricted_author_is_not_in_the_feed_nor_among_the_filters(everything, visit):
    secret = everything.pages[PractitionerPage]
    blog = path_of(everything.pages[BlogIndexPage])
    restrict(secret)
    for path in (blog, blog + "feed/", f"{blog}?tag=neck"):
        assert secret.title not in shown_at(visit, path)


def test_a_restricted_post_is_not_among_related_posts(everything, visit):
    secret = everything.pages[BlogPage]
    other = BlogPage.objects.sibling_of(secret, inclusive=False).descendant_of(everything.home).first()
    assert secret.title in shown_at(visit, path_of(other))
    restrict(secret)
    assert secret.title not in shown_at(visit, path_of(other))


def test_the_profile_forgets_a_restricted_page_at_once_and_remembers_it_again(everything, clinic):
    place, follower = everything.pages[LocationPage], everything.pages[ModalityPage]
    assert place.pk in {each.id for each in profile_for(clinic.site).parts["places"].all}
    restrictions = [restrict(place), restrict(follower), restrict(everything.pages[ContactPage])]
    profile = profile_for(clinic.site)
    assert place.pk not in {each.id for each in profile.parts["places"].all}
    assert follower.library_page_id not in profile.parts["followers"]
    assert everything.pages[ContactPage].title not in {item.title for item in profile.menu}
    for restriction in restrictions:
        restriction.delete()
    profile = profile_for(clinic.site)
    assert place.pk in {each.id for each in profile.parts["places"].all}
    assert follower.library_page_id in profile.parts["followers"]
    assert everything.pages[ContactPage].title in {item.title for item in profile.menu}


def test_who_has_passed_a_blogs_password_reads_its_posts(everything):
    blog, post = everything.pages[BlogIndexPage], everything.pages[BlogPage]
    restrict(blog)
    assert post in blog.posts
    assert BlogPage.objects.sibling_of(post, inclusive=False).first() in post.get_related()


def test_a_clinic_all_behind_a_password_keeps_its_menu_and_lists(everything, clinic, visit):
    restriction = restrict(clinic.home)
    assert profile_for(clinic.site).menu
    assert profile_for(clinic.site).parts["places"].all
    reader = visit.__self__
    assert everything.pages[ModalityPage].title not in shown_at(visit, "/")
    session = reader.session
    session[PageViewRestriction.passed_view_restrictions_session_key] = [restriction.pk]
    session.save()
    reader.cookies["sessionid"] = session.session_key
    assert everything.pages[ModalityPage].title in shown_at(visit, "/")


def test_a_restriction_in_one_clinic_hides_nothing_in_another(everything):
    post = BlogPageFactory(parent__parent=ClinicFactory(hostname="east.localhost").home)
    restrict(everything.home)
    assert post in listed(BlogPage.objects)
    assert everything.pages[BlogPage] not in listed(BlogPage.objects)


def test_the_agencys_list_names_no_restricted_city(everything, client):
    place = everything.pages[LocationPage]
    place.city = "Hiddenville"
    place.save()
    assert "Hiddenville" in client.get("/", headers={"host": "localhost"}).content.decode()
    restrict(place)
    assert "Hiddenville" not in client.get("/", headers={"host": "localhost"}).content.decode()
