"""The other ways in: own words of a section, merges, the library, copies, moves and old versions."""

import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Collection, Page
from wagtail.test.utils.form_data import nested_form_data, rich_text

from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.clinics.tenancy.named_forms import REFUSED, REFUSED_IN_TEXT
from clinicsite.clinics.tenancy.naming import Naming
from clinicsite.home.models import StandardPage
from clinicsite.library.answering import answers
from tests.factories import StandardPageFactory, UserFactory, section
from tests.factories.media import ImageFactory
from tests.isolation.naming import (
    NEVER_GIVEN,
    body,
    document_in,
    document_link,
    errors_of,
    form_for,
    page_link,
    pages_of,
    picture,
    stream,
    things_of,
)
from tests.isolation.test_named_by_key import Saving
from tests.library.pages import AFTERCARE, edit_library, follower_of, fresh, library_treatment
from tests.library.panel_form import edit_address, form_data, own_words, record_on
from tests.library.test_compare_screen import NEWER, OTHER, OVERVIEW, own, proposed
from tests.library.test_compare_screen import address as compare_address


@pytest.fixture
def foreign(other_clinic):
    return things_of(other_clinic, "Southern")


@pytest.fixture
def northern(clinic):
    return things_of(clinic, "Northern")


@pytest.fixture
def pages(clinic, northern):
    return pages_of(clinic, northern)


@pytest.fixture
def browser(owner, admin_client_of):
    return admin_client_of(owner)


@pytest.fixture
def of_both(clinic, other_clinic):
    return UserFactory(groups=[clinic.groups.owner, other_clinic.groups.owner])


@pytest.mark.parametrize("kind", ["picture", "page"])
def test_a_clinics_own_words_of_a_section_name_nothing_of_anothers(library, clinic, foreign, browser, kind):
    page = follower_of(library_treatment(library), clinic)
    draft = fresh(page)
    answers.make_own(draft, AFTERCARE["id"], reason="Ours")
    draft.save_revision()
    answered = []
    for key in (getattr(foreign, kind).pk, NEVER_GIVEN):
        block = ("picture", picture(key)) if kind == "picture" else ("paragraph", page_link(key))
        words = own_words(page, AFTERCARE["id"], "Afterwards", "", body=stream(block))
        response = browser.post(edit_address(page), form_data(page) | words)
        assert response.status_code == 200
        assert "Southern" not in response.text
        answered.append(errors_of(response.context["form"].overrides.by_section[AFTERCARE["id"]]))
    assert answered[0] == answered[1]
    said = json.dumps(answered[0])
    assert (REFUSED if kind == "picture" else REFUSED_IN_TEXT) in said
    assert [one.value.source for one in record_on(page, AFTERCARE["id"]).body] == ["<p>Move gently.</p>"]


def test_a_merge_takes_what_was_there_and_nothing_of_anothers(library, clinic, foreign, browser):
    treatment = library_treatment(library, OVERVIEW, OTHER)
    page = follower_of(treatment, clinic)
    own(page)
    edit_library(treatment, NEWER, OTHER)
    data = proposed(browser.get(compare_address(page)))
    crafted = data | {"merge-body-0-value": page_link(foreign.page.pk), "answer": "merge-live"}
    response = browser.post(compare_address(page), crafted)
    assert "Nothing was saved" in response.text
    assert str(foreign.page.pk) not in json.dumps(list(record_on(page, OVERVIEW["id"]).body.raw_data))
    assert browser.post(compare_address(page), data | {"answer": "merge-live"}).status_code == 302


@pytest.mark.parametrize("person", ["library_editor", "administrator"])
def test_a_page_of_the_library_names_nothing_of_a_clinics(library, clinic, foreign, admin_client_of, person):
    shared = Collection.get_first_root_node().add_child(name="Library")
    groups = ensure_agency_groups(library, [], shared)
    people = {
        "library_editor": UserFactory(groups=[groups["Library editors"]]),
        "administrator": UserFactory(is_superuser=True),
    }
    browser = admin_client_of(people[person])
    linked = library_treatment(library, OTHER, title="Massage")
    cases = {
        "picture": (foreign.picture.pk, ImageFactory(collection=shared).pk),
        "page": (foreign.page.pk, linked.pk),
        "document": (foreign.document.pk, document_in(shared).pk),
    }
    for kind, (theirs, ours) in cases.items():
        blocks = {
            "picture": lambda key: ("picture", picture(key)),
            "page": lambda key: ("paragraph", page_link(key)),
            "document": lambda key: ("paragraph", document_link(key)),
        }
        page = library_treatment(library, OVERVIEW, title=kind)
        for key, status in ((theirs, 200), (NEVER_GIVEN, 200), (ours, 302)):
            data = form_data(page) | nested_form_data({"sections": body(*blocks[kind](key))})
            assert browser.post(edit_address(page), data).status_code == status, (kind, key)


def named_before(page, things):
    """A page of a clinic's that names another's things, from before forms refused that."""
    page.hero_image = things.picture
    words = f'<p>See <a linktype="page" id="{things.page.pk}">this</a>.</p>'
    block = {"type": "paragraph", "value": words, "id": "00000000-0000-4000-8000-000000000000"}
    page.sections = [section("Read this", key="old", body=[block])]
    page.save_revision().publish()
    return page


def test_what_was_named_before_can_be_saved_again_and_is_not_shown_to_the_editor(
    pages, foreign, northern, browser
):
    page = named_before(pages.standard, foreign)
    shown = browser.get(f"/admin/pages/{page.pk}/edit/")
    assert shown.status_code == 200
    assert "Southern" not in shown.text
    assert "south" not in shown.text.replace("south.localhost", "south")
    same = {"hero_image": foreign.picture.pk, "sections": body("paragraph", page_link(foreign.page.pk))}
    kept = nested_form_data({"title": "New title", "slug": page.slug, "comments": {"TOTAL_FORMS": 0}} | same)
    kept |= {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    for way in ("draft", "publish", "preview", "autosave"):
        assert getattr(Saving(browser, page, "owner"), way)(kept) is None, way
    assert StandardPage.objects.get(pk=page.pk).title == "New title"
    more = kept | nested_form_data({"sections": body("picture", picture(foreign.document.pk + 500))})
    assert Saving(browser, page, "owner").draft(more)


def test_what_was_taken_out_is_not_put_in_again(pages, foreign, browser):
    page = named_before(pages.standard, foreign)
    _page, without = form_for("picture", pages, "")
    assert Saving(browser, page, "owner").draft(without) is None
    _page, again = form_for("picture", pages, foreign.picture.pk)
    assert Saving(browser, page, "owner").draft(again)


@pytest.mark.parametrize(("whose", "is_taken"), [("foreign", False), ("agency", True)])
def test_an_older_version_brings_back_what_the_clinic_may_have_and_nothing_else(
    pages, foreign, browser, whose, is_taken
):
    """A picture that an administrator once put here, from a collection that no clinic works in."""
    thing = foreign.picture if whose == "foreign" else ImageFactory(title="Agency picture")
    page = pages.standard
    page.hero_image = thing
    old = page.save_revision()
    page.hero_image = None
    page.save_revision()
    _page, data = form_for("picture", pages, thing.pk)
    assert Saving(browser, page, "owner").draft(data)
    refused = Saving(browser, page, "owner").draft(data | {"revision": old.pk})
    assert (refused is None) is is_taken


def test_the_version_of_another_page_brings_nothing(pages, browser):
    picture_of_all = ImageFactory(title="Agency picture")
    other = StandardPageFactory(parent=pages.home)
    other.hero_image = picture_of_all
    revision = other.save_revision()
    _page, data = form_for("picture", pages, picture_of_all.pk)
    answer = browser.post(f"/admin/pages/{pages.standard.pk}/edit/", data | {"revision": revision.pk})
    assert answer.status_code in (200, 404)
    assert pages.standard.get_latest_revision() is None


@pytest.mark.parametrize("way", ["copied", "moved"])
def test_a_page_that_was_copied_or_moved_from_another_clinic_shows_nothing_of_it(
    clinic, other_clinic, foreign, admin_client_of, way
):
    page = StandardPageFactory(parent=other_clinic.home, title="Brought along")
    named_before(page, foreign)
    # Whoever works at both sees one at a time, so that only somebody above them can.
    browser = admin_client_of(UserFactory(is_superuser=True))
    if way == "copied":
        data = {"new_title": page.title, "new_slug": "brought", "new_parent_page": clinic.home.pk}
        data |= {"publish_copies": "on"}
        assert browser.post(f"/admin/pages/{page.pk}/copy/", data).status_code == 302
    else:
        address = f"/admin/pages/{page.pk}/move/{clinic.home.pk}/confirm/"
        assert browser.post(address).status_code == 302
    brought = Page.objects.child_of(clinic.home).get(title="Brought along")
    answer = Client(HTTP_HOST=clinic.host).get(brought.specific.get_url_parts()[2])
    assert answer.status_code == 200
    assert "outh" not in answer.text
    assert "Read this" in answer.text
    assert not [one for one in foreign.picture.renditions.all() if one.url in answer.text]


@pytest.mark.parametrize("key", ["abc", "-1", "9" * 30, "1.5", "١٢"])
@pytest.mark.parametrize(
    "kind", ["picture", "picture in a block", "page in a field", "page in a row", "ticked page"]
)
def test_what_can_be_no_key_is_refused_like_any_other(pages, browser, kind, key):
    page, data = form_for(kind, pages, key)
    _page, missing = form_for(kind, pages, NEVER_GIVEN)
    saving = Saving(browser, page, "owner")
    refused = str(saving.draft(data))
    assert "This cannot be chosen" in refused or "choice" in refused or "Choose" in refused
    assert kind == "ticked page" or refused == str(saving.draft(missing))


def test_a_page_is_added_with_its_own_things_alone(clinic, northern, foreign, browser):
    address = f"/admin/pages/add/clinicsite_home/standardpage/{clinic.home.pk}/"

    def added(slug, key):
        form = {"title": slug, "slug": slug, "hero_image": key, "sections": body("picture", picture(key))}
        data = nested_form_data(form) | {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
        answers = [browser.post(f"{address}preview/", data).json()["is_valid"]]
        return [*answers, browser.post(address, data).status_code]

    assert added("theirs", foreign.picture.pk) == added("missing", NEVER_GIVEN) == [False, 200]
    assert added("ours", northern.picture.pk) == [True, 302]


def test_judging_costs_a_save_two_queries_at_most(pages, northern, browser, monkeypatch):
    """One for all that texts link to, and one for the grants on collections, which a request asks once."""
    many = stream(
        *(
            ("section", {"kind": "other", "heading": "", "body": stream(block)})
            for block in (
                ("paragraph", page_link(northern.page.pk)),
                ("paragraph", document_link(northern.document.pk)),
                ("paragraph", rich_text("<p>Words.</p>")),
            )
        )
    )
    fields = {"title": pages.standard.title, "slug": pages.standard.slug}
    rows = {"comments-TOTAL_FORMS": "0", "comments-INITIAL_FORMS": "0"}
    address = f"/admin/pages/{pages.standard.pk}/edit/preview/"

    def queries(sections):
        data = nested_form_data(fields | {"sections": sections}) | rows
        with CaptureQueriesContext(connection) as asked:
            assert browser.post(address, data).json()["is_valid"]
        return len(asked)

    queries(many)
    judged = queries(many)
    monkeypatch.setattr(Naming, "is_judged", False)
    assert judged - queries(many) <= 2
