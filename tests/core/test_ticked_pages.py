"""A page that is ticked on others is counted and listed, wherever somebody asks what it is used for."""

import pytest
from wagtail.models import Page, ReferenceIndex

from clinicsite.core.fields import TickedPagesField
from clinicsite.home.models import BlogPage
from tests.factories import (
    BlogIndexPageFactory,
    BlogPageFactory,
    LocationPageFactory,
    ModalityPageFactory,
    PractitionerPageFactory,
    StandardPageFactory,
    section,
)

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]

#: Every list of ticks, from the page it is on.
TICKS = {
    "BlogPage.authors",
    "BlogPage.conditions",
    "BlogPage.modalities",
    "LocationPage.modalities",
    "ModalityPage.conditions",
    "PractitionerPage.locations",
    "PractitionerPage.modalities",
}


@pytest.fixture
def person(clinic):
    return PractitionerPageFactory(parent__parent=clinic.home, title="Daniel Szabovar")


@pytest.fixture
def blog(clinic):
    return BlogIndexPageFactory(parent=clinic.home)


@pytest.fixture
def post(blog, person):
    return written_by(BlogPageFactory(parent=blog, title="How direct billing works"), person)


def written_by(post, *people):
    post.authors = people
    post.save_revision().publish()
    return BlogPage.objects.get(pk=post.pk)


def uses(page):
    """{(title of the page, what of it)} that name a page."""
    found = ReferenceIndex.get_grouped_references_to(page)
    return {(str(one), use.describe_source_field()) for one, of_it in found for use in of_it}


def test_every_list_of_pages_of_ours_is_such_a_list():
    lists = {
        f"{model.__name__}.{field.name}": field
        for model in Page.__subclasses__() + [two for one in Page.__subclasses__() for two in all_below(one)]
        for field in model._meta.local_many_to_many
        if issubclass(field.related_model, Page) and not model._meta.abstract
        if model._meta.app_label.startswith("clinicsite_")
    }
    assert set(lists) == TICKS
    assert all(isinstance(field, TickedPagesField) for field in lists.values())


def all_below(model):
    return [below for child in model.__subclasses__() for below in (child, *all_below(child))]


def test_the_author_of_a_post_is_used_by_it(post, person):
    assert uses(person) == {("How direct billing works", "Authors")}


def test_an_author_who_is_ticked_no_more_is_used_no_more(post, person):
    written_by(post)
    assert uses(person) == set()


def test_a_place_and_a_treatment_know_of_those_who_tick_them(clinic, person):
    place = LocationPageFactory(parent__parent=clinic.home, title="Riverside")
    treatment = ModalityPageFactory(parent__parent=clinic.home, title="Massage")
    person.locations, person.modalities = [place], [treatment]
    person.save_revision().publish()
    place.modalities = [treatment]
    place.save_revision().publish()
    assert uses(place) == {("Daniel Szabovar", "Locations")}
    assert uses(treatment) == {("Daniel Szabovar", "Treatments"), ("Riverside", "Treatments offered here")}


def test_the_index_that_is_written_anew_says_the_same(post, person):
    ReferenceIndex.objects.all().delete()
    ReferenceIndex.create_or_update_for_object(post)
    assert uses(person) == {("How direct billing works", "Authors")}


@pytest.fixture
def owners(owner, admin_client_of):
    return admin_client_of(owner)


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_the_question_before_counts_and_lists_them(post, person, owners, action):
    shown = owners.get(f"/admin/pages/{person.pk}/{action}/").text
    assert "referenced 1 time" in shown
    assert f'<a href="/admin/pages/{post.pk}/edit/">How direct billing works</a>: Authors' in shown


def test_the_usage_of_a_page_lists_them(post, person, owners):
    shown = owners.get(f"/admin/pages/{person.pk}/usage/?describe_on_delete=1").text
    assert "How direct billing works" in shown
    assert "will unset the reference" in shown


def test_a_page_that_somebody_cannot_open_is_not_named(person, other_clinic, owners):
    elsewhere = BlogPageFactory(parent__parent=other_clinic.home, title="South's secret")
    written_by(elsewhere, person)
    shown = owners.get(f"/admin/pages/{person.pk}/delete/").text
    assert "South" not in shown
    assert "A page that you cannot open: Authors" in shown


def test_what_is_used_nowhere_has_no_list(person, owners):
    shown = owners.get(f"/admin/pages/{person.pk}/delete/").text
    assert "referenced 0 times" in shown
    assert "Where it is named" not in shown


def asked_of_several(browser, action, *pages):
    address = f"/admin/bulk/wagtailcore/page/{action}/"
    return browser.get(address, {"id": [page.pk for page in pages], "next": "/admin/"}).text


@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_the_question_before_several_go_lists_what_names_each(post, person, owners, action):
    page = PractitionerPageFactory(parent=person.get_parent(), title="Nobody's business")
    shown = asked_of_several(owners, action, person, page)
    listed = shown.split("Where these pages are named")[1]
    assert f'<a href="/admin/pages/{post.pk}/edit/">How direct billing works</a>: Authors' in listed
    assert "Nobody's business" not in listed
    assert "Daniel Szabovar" in listed


@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_what_is_named_nowhere_has_no_list_there_either(clinic, owners, action):
    page = StandardPageFactory(parent=clinic.home, title="Nobody's business")
    shown = asked_of_several(owners, action, page)
    assert "Nobody&#x27;s business" in shown
    assert "Where these pages are named" not in shown


@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_of_several_too_a_page_that_cannot_be_opened_is_not_named(person, other_clinic, owners, action):
    elsewhere = BlogPageFactory(parent__parent=other_clinic.home, title="South's secret")
    written_by(elsewhere, person)
    shown = asked_of_several(owners, action, person)
    assert "South" not in shown
    assert "A page that you cannot open: Authors" in shown


def test_of_very_many_the_first_are_listed_and_the_rest_counted(blog, person, owners):
    for number in range(7):
        written_by(BlogPageFactory(parent=blog, title=f"Post {number}"), person)
    shown = asked_of_several(owners, "unpublish", person)
    assert shown.count(": Authors</li>") == 5
    assert "and 2 more" in shown


def test_a_wrong_word_at_the_question_asks_again_with_the_list(post, person, owners, settings):
    settings.WAGTAILADMIN_UNSAFE_PAGE_DELETION_LIMIT = 1
    address = f"/admin/bulk/wagtailcore/page/delete/?id={person.pk}&next=/admin/"
    shown = owners.post(address, {"confirm_site_name": "no"})
    assert "How direct billing works</a>: Authors" in shown.text
    assert type(person).objects.filter(pk=person.pk).exists()


@pytest.fixture
def folder(clinic, post):
    """A plain page with two below it: one that a post links to, one that only the page itself links to."""
    folder = StandardPageFactory(parent=clinic.home, title="Billing")
    named = StandardPageFactory(parent=folder, title="Direct billing")
    within = StandardPageFactory(parent=folder, title="Forms")
    link(post, named)
    link(folder, within)
    return folder


def link(page, target):
    text = f'<p><a linktype="page" id="{target.pk}">See</a></p>'
    page.sections = [section("More", body=[{"type": "paragraph", "value": text, "id": "a"}])]
    page.save_revision().publish()


def list_of(shown, heading):
    return shown.split(heading)[1].split("<form")[0]


@pytest.mark.parametrize("action", ["delete", "unpublish", "move"])
def test_what_names_a_page_below_the_chosen_ones_is_listed(post, folder, owners, action):
    listed = list_of(asked_of_several(owners, action, folder), "Where these pages are named")
    assert "Pages below it that others name" in listed
    assert "Direct billing" in listed
    assert f'<a href="/admin/pages/{post.pk}/edit/">How direct billing works</a>' in listed
    assert "Forms" not in listed


@pytest.mark.parametrize("action", ["delete", "unpublish"])
def test_what_names_a_page_below_one_page_is_listed(post, folder, owners, action):
    listed = list_of(owners.get(f"/admin/pages/{folder.pk}/{action}/").text, "Where it is named")
    assert "Direct billing" in listed
    assert f'<a href="/admin/pages/{post.pk}/edit/">How direct billing works</a>' in listed
    assert "Forms" not in listed


def test_what_is_not_listed_is_counted(clinic, blog, person, owners):
    """Five are listed of eight; of seven pages below that a post names, five, and two are counted."""
    for number in range(8):
        written_by(BlogPageFactory(parent=blog, title=f"Post {number}"), person)
    listed = list_of(asked_of_several(owners, "delete", person), "Where these pages are named")
    assert listed.count(": Authors") == 5
    assert "and 3 more" in listed
    folder = StandardPageFactory(parent=clinic.home, title="Billing")
    for number in range(7):
        one = StandardPageFactory(parent=folder, title=f"Paper {number}")
        link(BlogPage.objects.get(title=f"Post {number}"), one)
    listed = list_of(asked_of_several(owners, "delete", folder), "Where these pages are named")
    assert listed.count("Paper ") == 5
    assert "and 2 more pages" in listed
