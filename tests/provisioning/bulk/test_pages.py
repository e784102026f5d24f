"""A page of the library added to many clinics."""

import pytest

from clinicsite.library.models import DeclinedPage
from clinicsite.modalities.models import ModalityIndexPage, ModalityPage
from tests.factories import ModalityIndexPageFactory, ModalityPageFactory, StandardPageFactory
from tests.library.pages import follower_of, library_treatment
from tests.provisioning.bulk.conftest import rows

pytestmark = [pytest.mark.django_db, pytest.mark.indexed]


@pytest.fixture
def source(library):
    return library_treatment(library)


@pytest.fixture
def places(clinic, other_clinic):
    for one in (clinic, other_clinic):
        ModalityIndexPageFactory(parent=one.home, title="Treatments", slug="treatments")


@pytest.fixture
def asked(source):
    return {"page": source.pk, "title": source.title, "is_live": True}


def own(clinic):
    return ModalityPage.objects.descendant_of(clinic.home).first()


def test_it_is_added_where_it_is_wanted_and_missing(
    clinic, other_clinic, source, places, asked, look, carry_out, administrator
):
    index = ModalityIndexPage.objects.descendant_of(other_clinic.home).get()
    ModalityPageFactory(parent=index, title="Dry needling here", slug="here")
    work = look("page", **asked)
    (change,) = rows(work)["north.localhost"].changes
    assert (change["title"], change["parent"], change["slug"]) == (
        "Dry needling",
        "Treatments",
        "dry-needling",
    )
    assert "much alike: “Dry needling here”" in rows(work)["south.localhost"].notes[0]
    assert own(clinic) is None
    carry_out(work)
    page = own(clinic)
    assert (page.library_page, page.live, page.owner) == (source, True, administrator)
    assert page.latest_revision.user == administrator


def test_who_has_it_or_declined_it_is_left_alone(clinic, other_clinic, source, places, asked, look):
    follower_of(source, clinic)
    DeclinedPage.objects.create(site=other_clinic.site, library_page=source)
    found = rows(look("page", **asked))
    assert {row.outcome for row in found.values()} == {"unchanged"}
    assert found["north.localhost"].notes == ["It has the page already, perhaps as a draft."]
    assert found["south.localhost"].notes == ["The clinic decided not to have it: left out."]


def test_a_clinic_without_a_place_for_it_is_told(clinic, source, asked, look):
    row = rows(look("page", **asked))["north.localhost"]
    assert row.outcome == "refused"
    assert row.reason.startswith("Your site has no place for this yet.")


def test_a_page_that_the_library_takes_down_meanwhile_is_added_nowhere(
    clinic, source, places, asked, look, carry_out
):
    work = look("page", **asked)
    type(source).objects.get(pk=source.pk).unpublish()
    row = carry_out(work)["north.localhost"]
    assert (row.outcome, row.reason) == (
        "failed",
        "“Dry needling” is not published in the library now.",
    )
    assert own(clinic) is None


class TestUndo:
    def test_it_goes_again(self, clinic, places, asked, look, carry_out, undo):
        work = look("page", **asked)
        carry_out(work)
        assert undo(work)["north.localhost"].outcome == "undone"
        assert own(clinic) is None

    def test_a_page_with_words_of_the_clinic_stays(self, clinic, places, asked, look, carry_out, undo):
        work = look("page", **asked)
        carry_out(work)
        page = own(clinic)
        page.title = "Our needling"
        page.save_revision()
        row = undo(work)["north.localhost"]
        assert (row.outcome, row.reason) == ("kept", "“Dry needling” was changed since")
        assert own(clinic) is not None

    def test_a_page_that_another_names_stays(self, clinic, places, asked, look, carry_out, undo):
        work = look("page", **asked)
        carry_out(work)
        link = f'<p><a id="{own(clinic).pk}" linktype="page">needles</a></p>'
        body = [{"type": "paragraph", "value": link, "id": "1"}]
        value = {"kind": "other", "heading": "See", "body": body}
        StandardPageFactory(
            parent=clinic.home, title="Fees", sections=[{"type": "section", "value": value, "id": "2"}]
        )
        assert undo(work)["north.localhost"].reason == "something names “Dry needling” by now"

    def test_a_page_that_was_taken_down_or_moved_stays(self, clinic, places, asked, look, carry_out, undo):
        work = look("page", **asked)
        carry_out(work)
        own(clinic).unpublish()
        assert undo(work)["north.localhost"].reason == "“Dry needling” was changed since"
