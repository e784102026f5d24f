"""What `manage.py check` says of a project's own type that lacks something: a sentence that names both."""

import pytest
from django.core.checks import run_checks
from django.db import models
from django.test.utils import isolate_apps
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page, PageManager
from wagtail.models import pages as wagtail_pages

from clinicsite.core import checks as core_checks
from clinicsite.core.forms import BasePageForm
from clinicsite.core.page_types import CLINIC_PAGES
from clinicsite.home.models import HomePage, StandardPage
from clinicsite.library import checks
from clinicsite.library.models.folders import LIBRARY_PAGES, LibraryFolderPage
from clinicsite.modalities.models import ModalityPage
from clinicsite.pages import (
    FRONT_PAGE,
    LIBRARY_FOLDER,
    FollowerIndexPage,
    FollowerPage,
    register_clinic_page,
    register_library_page,
)
from tests.courses.models import CoursePage

ALL = (checks.check_registered, checks.check_places, checks.check_parts, checks.check_inherited)


def forget_what_may_stand_where():
    """Wagtail keeps what it has once found of each type."""
    for model in (Page, *wagtail_pages.PAGE_MODEL_CLASSES, HomePage, LibraryFolderPage):
        for kept in ("_clean_subpage_models", "_clean_parent_page_models"):
            setattr(model, kept, None)


@pytest.fixture(autouse=True)
def _page_types_of_this_test(monkeypatch):
    """Types that a test makes are there for that test alone."""
    forget_what_may_stand_where()
    monkeypatch.setattr(wagtail_pages, "PAGE_MODEL_CLASSES", [])
    before = {id(one): list(one) for one in (LIBRARY_PAGES, CLINIC_PAGES)}
    with isolate_apps("tests.courses"):
        yield
    for registry in (LIBRARY_PAGES, CLINIC_PAGES):
        registry[:] = before[id(registry)]
    forget_what_may_stand_where()


def made(name="InjuryPage", base=FollowerPage, **parts):
    """A page type of a project's own."""
    meta = type("Meta", (), {"app_label": "courses"})
    return type(name, (base,), {"__module__": __name__, "Meta": meta, **parts})


def injury(base=FollowerPage, **parts):
    """One that follows the library and lacks nothing but what is given otherwise."""
    whole = {
        "parent_page_types": [FRONT_PAGE, LIBRARY_FOLDER],
        "page_description": "An injury.",
        "template": "clinicsite/pages/follower_page.html",
    }
    return register_library_page(register_clinic_page(made(base=base, **(whole | parts))))


def said(*asked):
    """{id: what is said, with its hint} by the rules on types that follow."""
    forget_what_may_stand_where()
    errors = [error for check in asked or ALL for error in check(None)]
    return {error.id.removeprefix("clinicsite."): (error.msg, error.hint) for error in errors}


def test_a_whole_type_passes():
    injury()
    assert said() == {}


def test_a_type_that_is_not_registered():
    made(parent_page_types=[FRONT_PAGE, LIBRARY_FOLDER], template="clinicsite/pages/follower_page.html")
    message, hint = said()["E020"]
    assert message == (
        "InjuryPage can follow the library and is not registered: nobody can make a library page of it."
    )
    assert hint == (
        "Put @register_library_page of clinicsite.pages above the class. "
        "See docs/how-to/agency-add-a-page-type.md."
    )


def test_a_type_that_says_nothing_of_where_it_stands():
    injury(parent_page_types=["wagtailcore.Page"])
    assert set(said()) == {"E021"}


def test_a_type_that_leaves_out_the_library():
    injury(parent_page_types=[FRONT_PAGE])
    assert said()["E021"][0] == (
        "InjuryPage cannot stand in the library: its parent_page_types leave out the library’s folders."
    )


def test_a_type_that_no_clinic_can_have():
    injury(parent_page_types=[LIBRARY_FOLDER])
    assert said()["E022"][0] == "InjuryPage can stand on no clinic’s site, so that no clinic can follow it."


def test_a_type_whose_list_is_not_registered():
    index = made("InjuryIndexPage", FollowerIndexPage, page_description="Injuries.")
    injury(parent_page_types=[index, LIBRARY_FOLDER])
    assert set(said()) == {"E022"}
    register_clinic_page(index)
    assert said() == {}


def test_a_type_that_its_list_does_not_let_in():
    index = made("InjuryIndexPage", FollowerIndexPage, page_description="Injuries.", subpage_types=[])
    register_clinic_page(index)
    injury(parent_page_types=[index, LIBRARY_FOLDER])
    assert set(said()) == {"E022"}


def test_a_type_below_one_of_ours_that_has_a_table():
    injury(base=ModalityPage)
    assert said(checks.check_places)["E019"][0].startswith(
        "InjuryPage derives from ModalityPage, which has a table of its own"
    )


def test_a_type_with_a_manager_of_wagtails():
    injury(objects=PageManager())
    assert said()["E023"][0] == "InjuryPage has a manager that cannot be asked for a clinic’s pages."


def test_a_type_with_a_form_of_another_kind():
    injury(base_form_class=BasePageForm)
    assert said()["E023"][0] == "InjuryPage has a base_form_class that keeps no clinic to its own pages."


def test_a_type_whose_editor_shows_nothing_of_the_library():
    injury(content_panels=[FieldPanel("title")])
    assert said()["E024"][0] == "InjuryPage has no panel for what patients read and summary and sections."


def test_a_type_that_nobody_finds():
    injury(search_fields=Page.search_fields)
    assert said()["E025"][0] == "InjuryPage is not found by the words that patients read."


def test_a_type_without_a_template():
    injury(template="courses/nowhere.html")
    assert said()["E026"][0] == "InjuryPage has no template: there is no courses/nowhere.html."


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        (
            {"held_texts": ("summary", "length")},
            "InjuryPage holds 'length' for clinics, which is no field that may be null, the library’s value.",
        ),
        (
            {"held_texts": ("length",), "length": models.CharField(max_length=9, blank=True)},
            "InjuryPage holds 'length' for clinics, which is no field that may be null, the library’s value.",
        ),
        (
            {"library_relations": ("hero_image", "reviewed_by")},
            "InjuryPage fetches 'reviewed_by' with the library page, which is no foreign key of it.",
        ),
        (
            {"inherited_children": ("revisions",)},
            "InjuryPage reads the rows 'revisions' of the library, which have no page and inheritance_key.",
        ),
    ],
    ids=["no such field", "a field that is never null", "no such key", "no such rows"],
)
def test_a_type_that_inherits_what_it_cannot(parts, sentence):
    injury(**parts)
    assert said()["E027"][0] == sentence


@pytest.mark.parametrize(
    ("register", "where"), [(register_library_page, "the library"), (register_clinic_page, "a clinic’s site")]
)
def test_a_registered_type_that_is_no_page_of_ours(register, where):
    register(made("PlainPage", Page))
    assert said()["E018"][0] == f"PlainPage is registered for {where} and does not derive from BasePage."


def test_a_type_that_does_not_say_what_it_is_for():
    injury(page_description="")
    (error,) = core_checks.check_page_types(None)
    assert (error.id, error.msg) == ("clinicsite.E002", "InjuryPage has no page_description.")


def test_a_page_type_of_the_projects_that_is_none_of_ours_is_its_own_business():
    made("PlainPage", Page)
    assert core_checks.check_page_types(None) == []
    assert said() == {}


def test_what_is_made_twice_is_registered_once():
    page_type = injury()
    register_library_page(page_type)
    assert LIBRARY_PAGES.count(page_type) == 1


def test_the_types_that_are_there_pass(monkeypatch):
    monkeypatch.setattr(wagtail_pages, "PAGE_MODEL_CLASSES", [CoursePage, ModalityPage, StandardPage])
    assert run_checks(tags=["clinicsite"]) == []
