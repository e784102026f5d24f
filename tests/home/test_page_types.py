"""What every page type must do: show itself, open in the editor, be previewed and be found."""

import pytest
from django.test import Client
from wagtail.models import Page, get_page_models

from clinicsite.home.models import BlogPage, ContactPage, HomePage, StandardPage
from clinicsite.modalities.models import ConditionPage, ModalityPage, WarningSignsPage
from tests.factories import (
    BlogPageFactory,
    ClinicFactory,
    ConditionPageFactory,
    LibraryFolderPageFactory,
    ModalityPageFactory,
    UserFactory,
)
from tests.factories.everything import EVERY_PAGE_TYPE, Everything
from tests.home.contact.contact_forms import offer_consultation

pytestmark = pytest.mark.indexed

TITLE = "A title of the draft"

every_page_type = pytest.mark.parametrize("model", EVERY_PAGE_TYPE, ids=lambda model: model.__name__)


@pytest.fixture(scope="module")
def everything(kept_database):
    return Everything(ClinicFactory(hostname="whole.localhost", name="Whole Clinic"), several=1)


@pytest.fixture
def page(everything, model, db):
    return model.objects.get(pk=everything.pages[model].pk)


@pytest.fixture
def admin(everything, db):
    """The owner's browser on the agency's host."""
    browser = Client(HTTP_HOST="localhost")
    browser.force_login(UserFactory(groups=[everything.clinic.groups.owner]))
    return browser


@pytest.fixture
def visit(everything, db):
    return Client(HTTP_HOST=everything.clinic.host).get


def path_of(page):
    return page.get_url_parts()[2]


def heading_of(response):
    return response.text.partition("<h1")[2].partition("</h1>")[0]


def headings_of(model):
    return [tab.heading for tab in model.get_edit_handler().children]


@pytest.mark.django_db
def test_no_page_type_is_missing_here():
    ours = [model for model in get_page_models() if model is not Page and model(title="").preview_modes]
    # Warning signs are previewed on a page of their own, and read within others.
    assert set(ours) == {*EVERY_PAGE_TYPE, WarningSignsPage}


@every_page_type
def test_a_page_shows_itself_on_its_clinics_host(page, visit, model):
    response = visit(path_of(page))
    assert response.status_code == 200
    assert response.context["page"].specific == page
    assert response.content.decode().count("<h1") == 1


@every_page_type
def test_a_page_shows_itself_in_a_clinic_that_has_nothing_else(everything, page, visit, model):
    """A new clinic fills up page by page, and every step of that is on the web."""
    needed = Page.objects.ancestor_of(page, inclusive=True).values("pk")
    for other in Page.objects.descendant_of(everything.home).exclude(pk__in=needed).order_by("-depth"):
        other.specific.delete()
    assert visit(path_of(page)).status_code == 200


@every_page_type
def test_a_page_is_not_on_another_clinics_host(page, other_clinic, client, model):
    response = client.get(path_of(page), HTTP_HOST=other_clinic.host)
    assert response.status_code == (200 if model is HomePage else 404)
    assert "Whole Clinic" not in response.content.decode()


@every_page_type
def test_the_owner_can_open_a_page_in_the_editor(page, admin, model):
    response = admin.get(f"/admin/pages/{page.pk}/edit/")
    assert response.status_code == 200
    shown = response.content.decode()
    assert all(heading in shown for heading in headings_of(model))


@every_page_type
def test_the_editor_has_tabs_in_a_fixed_order(model):
    assert headings_of(model)[0] == "Content"
    assert headings_of(model)[-2:] == ["Search and sharing", "Publishing"]


#: A page that goes by other words than its title: (type, preview mode) -> its heading, words it also shows.
PREVIEWS = {
    (HomePage, ""): ("A heading of the draft", "A promise of the draft"),
    (ContactPage, ""): (TITLE, "It is deleted after one year."),
    (ContactPage, "call-back"): ("Ask us to call you", "It is deleted after one year."),
    (ContactPage, "free-consultation"): ("Ask for a free consultation", "It is deleted after one year."),
    (ContactPage, "sent"): ("We have your message", "Thanks of the draft"),
}


@every_page_type
def test_every_preview_mode_of_a_draft_shows_the_draft(everything, page, model):
    offer_consultation(everything.clinic)
    page.title = TITLE
    page.hero_heading, page.promise = "A heading of the draft", "A promise of the draft"
    page.thanks, page.keep_days = "Thanks of the draft", 365
    page.save_revision()
    draft = page.get_latest_revision_as_object()
    named = {mode for kind, mode in PREVIEWS if kind is model}
    assert {mode for mode, _ in draft.preview_modes} == (named or {""})
    for mode, _ in draft.preview_modes:
        heading, words = PREVIEWS.get((model, mode), (TITLE, ""))
        response = draft.make_preview_request(preview_mode=mode)
        assert response.status_code == 200
        assert heading in heading_of(response), mode
        assert words in response.text, mode


@every_page_type
def test_the_draft_can_be_viewed_from_the_admin(page, admin, model):
    page.save_revision()
    assert admin.get(f"/admin/pages/{page.pk}/view_draft/").status_code == 200


@every_page_type
def test_a_page_not_saved_yet_can_be_previewed(page, model):
    """As the editor's preview panel does it before the first saving."""
    parent = page.get_parent()
    new = model(title="Not saved yet", slug="not-saved-yet", live=False)
    new.depth = parent.depth + 1
    new.path = Page._get_children_path_interval(parent.path)[1]
    new.set_url_path(parent)
    assert new.make_preview_request(preview_mode=new.default_preview_mode).status_code == 200


@pytest.mark.parametrize("factory", [ModalityPageFactory, ConditionPageFactory, BlogPageFactory])
def test_a_library_page_can_be_previewed_although_no_site_serves_it(library, factory):
    page = factory(parent=LibraryFolderPageFactory(parent=library, title="Shelf"), title="A shared page")
    response = page.make_preview_request(preview_mode="")
    assert response.status_code == 200
    assert "A shared page" in response.content.decode()


@every_page_type
def test_a_page_is_found_by_its_title(page, model):
    page.title = "Xylophone"
    page.save()
    assert list(model.objects.search("Xylophone")) == [page]


@every_page_type
def test_more_than_the_title_is_searched(model):
    every_page_has = {field.field_name for field in Page.search_fields}
    assert {field.field_name for field in model.search_fields} - every_page_has


@pytest.mark.parametrize("model", [StandardPage, ModalityPage, ConditionPage, BlogPage])
def test_the_words_of_the_sections_are_searched_also_where_they_are_the_librarys(page, model):
    source = getattr(page, "library_page", None) or page
    raw = list(source.sections.raw_data)
    raw[0]["value"]["body"] = [{"type": "paragraph", "value": "<p>Zeppelin</p>", "id": raw[0]["id"]}]
    source.sections = raw
    source.save()
    found_again = model.objects.get(pk=page.pk)
    found_again.save()
    assert found_again in list(model.objects.search("Zeppelin"))
