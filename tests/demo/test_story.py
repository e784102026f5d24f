"""The demo shows every state of a section on real pages, and the same ones however often it is built."""

import pytest
from django.test import Client
from wagtail.models import Page, Site

from clinicsite.core.rendering import rendering_for
from clinicsite.demo import data
from clinicsite.demo.build import build_demo
from clinicsite.demo.records import find
from clinicsite.library.composition import State
from clinicsite.library.models import Release
from clinicsite.modalities.models import ModalityPage

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("demo")]


def states_at(clinic, treatment="dry-needling"):
    page = find(f"{clinic}/page/treatments/{treatment}")
    return {section.state for section in page.compose()}


def read(clinic, path):
    return Client(HTTP_HOST=f"{clinic}.localhost:8000").get(path).content.decode()


def test_a_clinic_has_words_of_its_own_of_which_one_is_behind_the_library():
    assert {State.YOURS, State.YOURS_CHANGED, State.LOCKED, State.LIBRARY} <= states_at("harbour")


def test_a_clinic_holds_a_page_and_something_waits_on_it():
    page = find("millside/page/treatments/dry-needling")
    assert page.is_held
    assert [waiting.live.heading for waiting in page.get_waiting_changes()] == [
        "Looking after yourself afterwards"
    ]
    assert "ask a pharmacist" not in read("millside", "/treatments/dry-needling/")


def test_a_clinic_has_added_a_section_and_hidden_another():
    assert {State.ADDED, State.HIDDEN} <= states_at("prairie-haven")
    assert "Dry needling and acupuncture compared" not in read("prairie-haven", "/treatments/dry-needling/")


def test_a_clinic_hides_a_section_that_the_library_has_changed_since():
    assert State.HIDDEN_CHANGED in states_at("stillwater", "massage-therapy")


def test_a_section_the_library_has_retired_waits_for_every_clinics_answer():
    followers = ModalityPage.objects.filter(slug="clinical-acupuncture", library_page__isnull=False)
    assert len(followers) == len(data.CLINICS)
    assert all(State.RETIRED in {section.state for section in page.compose()} for page in followers)


def test_a_clinic_pilots_a_text_that_no_other_clinic_reads_yet():
    assert Release.objects.get(state=Release.State.PILOT).page.slug == "low-back-pain"
    assert "the last step that felt manageable" in read("northgate", "/conditions/low-back-pain/")
    assert "the last step that felt manageable" not in read("harbour", "/conditions/low-back-pain/")


def test_building_again_tells_the_story_once():
    before = list(Release.objects.values_list("pk", "state"))
    page = find("harbour/page/treatments/dry-needling")
    revisions = page.revisions.count()
    build_demo(8000, "a-test-password", lambda step: None)
    assert list(Release.objects.values_list("pk", "state")) == before
    assert page.revisions.count() == revisions


@pytest.mark.parametrize("clinic", data.CLINICS)
def test_every_page_reads_well_in_a_list_of_search_results(clinic):
    site = Site.objects.get(hostname=f"{clinic}.localhost")
    with rendering_for(site):
        pages = Page.objects.live().descendant_of(site.root_page, inclusive=True).specific()
        found = {page.url_path: (page.sharing_title, page.sharing_description) for page in pages}
    assert [path for path, (_, words) in found.items() if not 50 <= len(words) <= 160] == []
    assert [path for path, (title, _) in found.items() if not 4 <= len(title) <= 70] == []
    for texts in zip(*found.values(), strict=True):
        assert len(set(texts)) == len(texts), "Two pages of one clinic look the same in a list."
