import html5lib
import pytest
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from clinicsite.home.models import FeaturedCondition, FeaturedTreatment
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

FIELDS = ("title", "slug", "hero_heading", "promise", "treatments_shown", "people_shown", "posts_shown")


@pytest.fixture
def treatments(clinic):
    index = ModalityIndexPageFactory(parent=clinic.home)
    return [ModalityPageFactory(parent=index, title=f"Treatment {letter}") for letter in "ABCDEFGH"]


@pytest.fixture
def conditions(clinic):
    index = ConditionIndexPageFactory(parent=clinic.home)
    return [ConditionPageFactory(parent=index, title=f"Condition {letter}") for letter in "ABC"]


def shown(visit, name):
    response = visit("/")
    assert response.status_code == 200
    return [page.title for page in response.context[name]]


def feature(clinic, relation, model, pages):
    setattr(clinic.home, relation, [model(page=page, sort_order=number) for number, page in enumerate(pages)])
    clinic.home.save_revision().publish()


def test_chosen_treatments_stand_in_the_order_chosen(clinic, treatments, visit):
    feature(clinic, "featured_treatments", FeaturedTreatment, [treatments[4], treatments[0], treatments[7]])
    assert shown(visit, "treatments") == ["Treatment E", "Treatment A", "Treatment H"]


def test_chosen_conditions_stand_in_the_order_chosen(clinic, conditions, visit):
    feature(clinic, "featured_conditions", FeaturedCondition, [conditions[2], conditions[0]])
    assert shown(visit, "conditions") == ["Condition C", "Condition A"]


def test_without_a_choice_the_first_treatments_and_all_conditions_are_shown(treatments, conditions, visit):
    assert shown(visit, "treatments") == [f"Treatment {letter}" for letter in "ABCDEF"]
    assert shown(visit, "conditions") == ["Condition A", "Condition B", "Condition C"]


def test_a_chosen_page_that_is_no_longer_published_leaves_no_gap(clinic, treatments, visit):
    feature(clinic, "featured_treatments", FeaturedTreatment, treatments[:3])
    treatments[1].unpublish()
    assert shown(visit, "treatments") == ["Treatment A", "Treatment C"]


def test_a_chosen_page_of_another_clinic_is_never_shown(clinic, other_clinic, treatments, visit):
    foreign = ModalityPageFactory(parent__parent=other_clinic.home, title="South treatment")
    feature(clinic, "featured_treatments", FeaturedTreatment, [foreign, treatments[0]])
    assert shown(visit, "treatments") == ["Treatment A"]
    assert "South" not in visit("/").content.decode()


def test_an_owner_cannot_feature_another_clinics_page_nor_learn_its_name(
    clinic, other_clinic, owner, admin_client_of
):
    foreign = ModalityPageFactory(parent__parent=other_clinic.home, title="South treatment")
    fields = {name: getattr(clinic.home, name) for name in FIELDS}
    rows = {name: inline_formset([]) for name in ("comments", "featured_conditions", "suggested_results")} | {
        "featured_treatments": inline_formset([{"page": foreign.pk}])
    }
    data = nested_form_data({**fields, "introduction": rich_text(""), **rows, "action-publish": "Publish"})
    response = admin_client_of(owner).post(f"/admin/pages/{clinic.home.pk}/edit/", data)
    assert response.status_code == 200
    assert "South treatment" not in response.text
    assert not FeaturedTreatment.objects.exists()


def test_the_newest_posts_and_the_team_are_shown(clinic, other_clinic, visit):
    blog = BlogIndexPageFactory(parent=clinic.home)
    for day in range(1, 5):
        BlogPageFactory(parent=blog, title=f"Post of May {day}", date=f"2026-05-0{day}")
    BlogPageFactory(parent__parent=other_clinic.home, title="South post", date="2026-06-01")
    team = PractitionerIndexPageFactory(parent=clinic.home)
    for name in ("Robin Vale", "Sam Reed"):
        PractitionerPageFactory(parent=team, title=name)
    assert shown(visit, "posts") == ["Post of May 4", "Post of May 3", "Post of May 2"]
    assert shown(visit, "people") == ["Robin Vale", "Sam Reed"]


def test_a_clinic_with_nothing_but_a_home_page_has_a_front_page(clinic, visit):
    response = visit("/")
    assert response.status_code == 200
    assert clinic.home.hero_heading in response.content.decode()


def test_a_shared_link_says_the_promise_in_plain_text(clinic, visit):
    clinic.home.promise = "Care & time for “you”"
    clinic.home.introduction = "<p>Never <b>this</b>.</p>"
    clinic.home.save()
    page = html5lib.parse(visit("/").text, namespaceHTMLElements=False)
    metas = {meta.get("name") or meta.get("property"): meta.get("content") for meta in page.iter("meta")}
    assert metas["description"] == metas["og:description"] == "Care & time for “you”"
