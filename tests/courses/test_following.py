"""A page type of a project's own follows the library as ours do: sections, locks, answers, releases."""

import csv
import json
import re

import pytest
from django.urls import reverse

from clinicsite.core.rendering import rendering_for
from clinicsite.library.answering import answers, held_pages
from clinicsite.library.answering.drafts import change_draft
from clinicsite.library.composition import State
from clinicsite.library.inbox.box import Inbox
from clinicsite.library.inbox.questions import Answer, UpdateKind
from clinicsite.library.inbox.updates import answer_update
from clinicsite.library.joining import independence
from clinicsite.library.matrix.filters import MatrixFilters
from clinicsite.library.matrix.grid import Matrix
from clinicsite.library.matrix.reach import Reach
from clinicsite.library.matrix.states import Mark
from clinicsite.library.models import LibrarySection, Release
from clinicsite.library.releasing.impact import impact_of
from clinicsite.library.releasing.releases import release_pilot_to_all, undo_release
from tests.courses.models import CoursePage
from tests.factories import ModalityPageFactory, ReferenceFactory, section
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    edit_library,
    fresh,
    headings,
    states,
    take_over,
    words_on,
)
from tests.library.releasing import draft, pilot, release

ADDRESS = "/courses/back-school/"


@pytest.fixture
def changed(course):
    """The library's newer words on what happens afterwards."""
    return section("Afterwards", "Walk every day.", kind="aftercare")


def question_of(site, user, kind):
    (found,) = [one for one in Inbox(site, user).questions() if one.kind is kind]
    return found


class TestWhatPatientsRead:
    def test_the_librarys_words_with_the_clinics_tokens(self, follower, visit):
        text = visit(ADDRESS).text
        assert "Six evenings at North Clinic." in text
        assert "A thin needle in a tight muscle." in text
        assert "It takes six weeks." in text

    def test_the_clinics_own_words_where_it_has_some(self, follower, visit):
        take_over(follower, AFTERCARE, "At our clinic", "Come back on Friday.")
        follower.duration = "four weekends"
        follower.save()
        text = visit(ADDRESS).text
        assert "Come back on Friday." in text
        assert "Move gently." not in text
        assert "It takes four weekends." in text

    def test_an_empty_text_of_the_clinics_own_is_a_choice(self, follower, visit):
        follower.duration = ""
        follower.save()
        assert "It takes" not in visit(ADDRESS).text

    def test_a_locked_section_cannot_be_the_clinics(self, follower, clinic):
        take_over(follower, RISKS, "No risks", "None at all.")
        assert states(follower)[RISKS["id"]] is State.LOCKED
        assert "Bruises are common." in words_on(follower, clinic)

    def test_the_picture_is_the_librarys_until_the_clinic_has_one(self, follower, course):
        assert fresh(follower).composed_hero_image == course.hero_image

    def test_what_it_cites_is_listed(self, course, follower, visit):
        reference = ReferenceFactory(title="Schools for backs")
        cites = f'Studied.<a linktype="clinicsite-citation" id="{reference.pk}">mark</a>'
        edit_library(course, section("Evidence", cites, kind="evidence"))
        text = visit(ADDRESS).text
        assert "Schools for backs" in text
        assert 'id="cite-1-1"' in text

    def test_a_link_between_library_pages_leads_to_the_clinics_own(
        self, library, clinic, course, follower, visit
    ):
        link = f'See <a linktype="page" id="{course.pk}">our course</a>.'
        treatment = ModalityPageFactory(parent=library, title="Needling", sections=[section("A", link)])
        ModalityPageFactory(parent__parent=clinic.home, title="Needling", library_page=treatment, sections=[])
        assert f'<a href="{ADDRESS}">our course</a>' in visit("/treatments/needling/").text


class TestTheEditor:
    def test_the_owner_sees_section_by_section_what_patients_read(self, follower, browser):
        text = browser.get(f"/admin/pages/{follower.pk}/edit/").text
        for heading in ("What is it?", "Afterwards", "Risks", "Cost"):
            assert heading in text
        assert "Locked" in text

    def test_a_text_of_the_projects_own_can_be_left_to_the_library(self, follower, browser):
        text = browser.get(f"/admin/pages/{follower.pk}/edit/").text
        assert 'name="duration-source"' in text
        assert "six weeks" in text

    def test_a_section_is_made_the_clinics_own_and_compared(self, course, follower, owner, browser, changed):
        change_draft(
            follower.pk,
            owner,
            lambda page: answers.make_own(page, AFTERCARE["id"], reason="We meet once more."),
            message="",
            publish=True,
        )
        edit_library(course, OVERVIEW, changed, RISKS, COST)
        assert states(follower)[AFTERCARE["id"]] is State.YOURS_CHANGED
        address = reverse("clinicsite_library:compare", args=[follower.pk, AFTERCARE["id"]], urlconf=_admin())
        text = browser.get(address).text
        assert "Walk" in text
        assert "Move gently" in re.sub(r"<[^>]+>", "", text)

    def test_another_clinics_owner_meets_none_of_it(self, follower, other_owner, admin_client_of):
        stranger = admin_client_of(other_owner)
        for address in (f"/admin/pages/{follower.pk}/edit/", _screen("follow", follower.pk)):
            assert stranger.get(address).status_code in (302, 403, 404)
        assert "Back school" not in stranger.get("/admin/pages/", follow=True).text


def _admin():
    return "clinicsite.agency_urls"


def _screen(name, *keys):
    return reverse(f"clinicsite_library:{name}", args=keys, urlconf=_admin())


class TestTheInbox:
    def test_a_changed_section_is_asked_about_and_answered(
        self, course, follower, clinic, owner, browser, changed
    ):
        take_over(follower, AFTERCARE, "Ours", "Come back on Friday.")
        edit_library(course, OVERVIEW, changed, RISKS, COST)
        text = browser.get("/admin/clinicsite/library/updates/").text
        assert "Back school" in text
        question = question_of(clinic.site, owner, UpdateKind.CHANGED)
        with rendering_for(None):
            done = answer_update(clinic.site, owner, Answer.TAKE, question.key)
        assert done.is_done, done.sentence
        assert states(follower)[AFTERCARE["id"]] is State.LIBRARY

    def test_the_updates_are_narrowed_to_its_type(self, course, follower, browser, changed):
        take_over(follower, AFTERCARE, "Ours", "Come back on Friday.")
        edit_library(course, OVERVIEW, changed, RISKS, COST)
        address = "/admin/clinicsite/library/updates/"
        assert len(browser.get(address, {"type": "courses.coursepage"}).context["rows"]) == 1
        assert browser.get(address, {"type": "clinicsite_home.blogpage"}).context["rows"] == []

    def test_a_held_page_waits_for_its_own_texts_too(self, course, follower, clinic, owner):
        change_draft(follower.pk, owner, held_pages.hold, message="", publish=True)
        edit_library(course, OVERVIEW, AFTERCARE, RISKS, COST, duration="eight weeks")
        assert fresh(follower).composed_duration == "six weeks"
        question = question_of(clinic.site, owner, UpdateKind.WAITING)
        assert "duration: “eight weeks”" in question.what
        with rendering_for(None):
            assert answer_update(clinic.site, owner, Answer.APPROVE, question.key).is_done
        assert fresh(follower).composed_duration == "eight weeks"

    def test_a_page_that_the_library_retires_is_kept_as_ones_own(self, course, follower, clinic, owner):
        course.unpublish()
        question = question_of(clinic.site, owner, UpdateKind.PAGE_RETIRED)
        with rendering_for(None):
            assert answer_update(clinic.site, owner, Answer.KEEP_RETIRED, question.key).is_done
        page = fresh(follower)
        assert (page.library_page, page.duration) == (None, "six weeks")
        assert headings(page) == ["What is it?", "Afterwards", "Risks", "Cost"]


class TestReleases:
    def test_what_a_draft_will_change_is_counted(self, course, follower):
        page = draft(course, duration="eight weeks")
        impact = impact_of(page, page.get_latest_revision_as_object())
        assert (impact.clinics, impact.pages) == (1, 1)
        assert [one.change.section.heading for one in impact.sections] == ["What is it?"]
        assert impact.sections[0].reading == 1
        assert impact.fields == ["duration"]

    def test_a_pilot_reads_it_before_the_others(self, course, follow, clinic, other_clinic, manager):
        mine, theirs = follow(clinic), follow(other_clinic)
        begun = pilot(draft(course, duration="eight weeks"), manager, clinic)
        assert "A needle as thin as a hair." in words_on(mine, clinic)
        assert "A needle as thin as a hair." not in words_on(theirs, other_clinic)
        with rendering_for(clinic.site):
            assert fresh(mine).composed_duration == "eight weeks"
        release_pilot_to_all(begun.pk, manager)
        assert "A needle as thin as a hair." in words_on(theirs, other_clinic)

    def test_a_release_reaches_every_clinic_and_is_undone(self, course, follower, clinic, manager):
        made = release(draft(course), manager)
        assert Release.objects.get(page_id=course.pk, state=Release.State.LIVE) == made
        assert "A needle as thin as a hair." in words_on(follower, clinic)
        undo_release(made.pk, manager)
        assert "A thin needle in a tight muscle." in words_on(follower, clinic)

    def test_its_editor_has_release_where_a_clinics_page_has_publish(
        self, course, library_editor, admin_client_of
    ):
        text = admin_client_of(library_editor).get(f"/admin/pages/{course.pk}/edit/").text
        assert "action-publish" not in text
        assert _screen("release", course.pk) in text

    def test_the_screen_of_a_release_opens(self, course, follower, manager, admin_client_of):
        draft(course)
        assert "What is it?" in admin_client_of(manager).get(_screen("release", course.pk)).text


class TestTheMatrix:
    def test_each_clinic_has_a_cell_with_what_it_makes_of_it(
        self, course, follower, clinic, other_clinic, library_editor
    ):
        take_over(follower, AFTERCARE, "Ours", "Come back on Friday.")
        matrix = Matrix(Reach.of(library_editor), MatrixFilters(type="courses.coursepage"))
        (page,) = matrix.pages
        assert (page.title, page.type_name.lower()) == ("Back school", "course")
        cells = {row.site.pk: row.cells[0] for row in matrix.rows(matrix.site_ids, matrix.pages)}
        assert cells[clinic.site.pk].followers[0].marks == {Mark.LIVE: None, Mark.OWN: 1}
        assert cells[other_clinic.site.pk].absence is Mark.ABSENT

    def test_the_file_for_spreadsheets_has_it(self, course, follower, library_editor, admin_client_of):
        answer = admin_client_of(library_editor).get("/admin/clinicsite/library/matrix.csv")
        rows = list(csv.reader(answer.getvalue().decode("utf-8-sig").splitlines()))
        assert any("Back school" in row for row in rows)

    def test_each_section_has_a_row_that_counts_ask(self, course):
        rows = LibrarySection.objects.filter(page_id=course.pk).values_list("heading", "lock")
        assert list(rows) == [
            ("What is it?", "free"),
            ("Afterwards", "free"),
            ("Risks", "locked"),
            ("Cost", "free"),
        ]


class TestJoining:
    def test_the_library_offers_it_and_it_is_added(self, course, follow, clinic, browser, visit):
        follow(clinic).delete()
        address = "/admin/clinicsite/library/add/"
        assert "Back school" in browser.get(address).text
        browser.post(address, {"one": f"{course.pk}|live"})
        page = CoursePage.objects.of_site(clinic.site).get()
        assert (page.library_page_id, page.duration, page.live) == (course.pk, None, True)
        assert "It takes six weeks." in visit(ADDRESS).text

    def test_a_clinic_without_the_list_is_told_to_make_it_first(self, course, clinic, browser):
        text = browser.get("/admin/clinicsite/library/add/").text
        assert "Make a courses page first, then add it." in text
        assert f"/admin/pages/add/courses/courseindexpage/{clinic.home.pk}/" in text
        assert browser.get("/admin/clinicsite/library/updates/").status_code == 200

    def test_it_is_previewed_as_a_clinic_that_does_not_have_it(self, course, clinic, browser):
        frame = browser.get(_screen("preview_content", course.pk, clinic.site.pk))
        assert "Six evenings at North Clinic." in frame.text
        assert "It takes six weeks." in frame.text

    def test_it_is_made_independent_and_follows_again(self, follower, course, owner):
        change_draft(follower.pk, owner, independence.leave, message="", publish=True)
        page = fresh(follower)
        assert (page.library_page, page.duration) == (None, "six weeks")
        change_draft(
            follower.pk, owner, lambda page: independence.follow(page, course), message="", publish=True
        )
        page = fresh(follower)
        assert (page.library_page_id, page.duration) == (course.pk, None)


class TestMachines:
    def test_the_sitemap_names_it_with_the_librarys_picture(self, follower, visit):
        visit(ADDRESS)
        text = visit("/sitemap.xml").text
        assert "http://north.localhost/courses/back-school/" in text
        entry = text.split("/courses/back-school/")[1].split("</url>")[0]
        assert "<image:loc>" in entry

    def test_llms_txt_has_a_part_for_it(self, follower, visit):
        text = visit("/llms.txt").text
        line = "- [Back school](http://north.localhost/courses/back-school/): Six evenings at North Clinic."
        assert f"## Courses\n\n{line}\n" in text

    def test_a_type_may_stay_out_of_llms_txt(self, follower, visit, monkeypatch):
        monkeypatch.setattr(CoursePage, "llms_heading", "")
        assert "Back school" not in visit("/llms.txt").text

    def test_it_says_what_it_is(self, course, follower, visit):
        text = visit(ADDRESS).text
        graph = json.loads(
            re.search(r'<script type="application/ld\+json"[^>]*>(.*?)</script>', text, re.S)[1]
        )
        (page,) = [node for node in graph["@graph"] if node["@type"] == "WebPage"]
        assert page["name"] == "Back school"
        assert page["description"] == "Six evenings at North Clinic."
        assert "lastReviewed" not in page

    @pytest.mark.parametrize("is_indexed", [True, False])
    def test_search_engines_are_told_what_the_library_says(self, course, follower, visit, is_indexed):
        course.search_on_clinics = "self" if is_indexed else "noindex"
        course.save()
        assert ("back-school" in visit("/sitemap.xml").text) == is_indexed


def test_the_index_lists_what_is_live_by_title(follow, follower, clinic, visit):
    follow(clinic, title="Arms", slug="arms", library_page=None)
    follow(clinic, title="Draft course", slug="draft", library_page=None, live=False)
    text = visit("/courses/").text
    shown = re.findall(r'class="card__link" href="([^"]+)"', text)
    assert shown == ["/courses/arms/", ADDRESS]
    assert "Six evenings at North Clinic." in text


def test_what_is_typed_is_made_printable(follower):
    follower.duration = "six\x00 weeks"
    follower.save()
    assert fresh(follower).duration == "six weeks"
