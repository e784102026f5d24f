"""A project's own type goes wrong: it is taken out, let into no clinic, or closed; nobody else is harmed."""

import pytest
from django.contrib.contenttypes.models import ContentType
from wagtail.models import Page
from wagtail.models import pages as wagtail_pages

from clinicsite.core.page_types import CLINIC_PAGES
from clinicsite.home.models import HomePage
from clinicsite.library.answering.drafts import AnswerError
from clinicsite.library.inbox.box import Inbox
from clinicsite.library.joining.adding import NO_PLACE, Offers, add_page
from clinicsite.library.models.folders import LIBRARY_PAGES, LibraryFolderPage
from tests.courses.models import CourseIndexPage, CoursePage
from tests.library.pages import follower_of, library_treatment, words_on
from tests.library.releasing import draft, pilot

ADDRESS = "/courses/back-school/"
UPDATES, ADD = "/admin/clinicsite/library/updates/", "/admin/clinicsite/library/add/"


@pytest.fixture
def forget():
    """Have Wagtail find anew what may stand where, as after a restart; again at the end."""

    def forget_all():
        for model in (HomePage, LibraryFolderPage, CourseIndexPage, CoursePage):
            model._clean_subpage_models = model._clean_parent_page_models = None

    yield forget_all
    forget_all()


@pytest.fixture
def taken_out(monkeypatch):
    """Take the app of courses out of the project: its rows stay, and nobody knows their types."""

    def take_out():
        others = [one for one in wagtail_pages.get_page_models() if one not in (CourseIndexPage, CoursePage)]
        monkeypatch.setattr(wagtail_pages, "PAGE_MODEL_CLASSES", others)
        for model in (CourseIndexPage, CoursePage):
            kept = ContentType.objects.get_for_model(model)
            gone = ContentType.objects.create(app_label="gone", model=kept.model)
            Page.objects.filter(content_type=kept).update(content_type=gone)
        ContentType.objects.clear_cache()

    yield take_out
    ContentType.objects.clear_cache()


class TestATypeThatIsNotRegisteredAnyMore:
    @pytest.fixture(autouse=True)
    def _not_registered(self, monkeypatch, forget, course, follower):
        for registry, model in ((LIBRARY_PAGES, CoursePage), (CLINIC_PAGES, CourseIndexPage)):
            others = [one for one in registry if one is not model]
            monkeypatch.setattr(
                LibraryFolderPage if registry is LIBRARY_PAGES else HomePage, "subpage_types", others
            )
        forget()

    def test_patients_read_on(self, visit):
        assert "A thin needle in a tight muscle." in visit(ADDRESS).text

    def test_nobody_makes_a_new_one(self, library, library_editor, admin_client_of):
        browser = admin_client_of(library_editor)
        assert "course" not in browser.get(f"/admin/pages/{library.pk}/add_subpage/").text.lower()
        answer = browser.get(f"/admin/pages/add/courses/coursepage/{library.pk}/")
        assert answer.status_code in (302, 403)

    def test_the_clinics_screens_open(self, browser, follower):
        assert browser.get(UPDATES).status_code == 200
        assert browser.get(ADD).status_code == 200
        assert browser.get(f"/admin/pages/{follower.pk}/edit/").status_code == 200


class TestATypeThatNoClinicMayHave:
    @pytest.fixture(autouse=True)
    def _nowhere(self, monkeypatch, forget, course):
        monkeypatch.setattr(CoursePage, "parent_page_types", ["clinicsite_library.LibraryFolderPage"])
        forget()

    def test_the_inbox_says_that_it_has_no_place(self, browser, clinic, owner):
        assert NO_PLACE in browser.get(UPDATES).text
        (question,) = Inbox(clinic.site, owner).questions()
        assert [answer.value for answer in question.answers] == ["decline"]

    def test_the_library_offers_it_with_the_reason(self, browser, clinic):
        text = browser.get(ADD).text
        assert NO_PLACE in text
        assert "/admin/pages/add/" not in text
        assert Offers(clinic.site).places[CoursePage].missing_model is None

    def test_adding_it_all_the_same_is_refused(self, course, clinic, owner, browser):
        with pytest.raises(AnswerError, match="no place for pages of this kind"):
            add_page(clinic.site, course, owner)
        browser.post(ADD, {"one": f"{course.pk}|live"})
        assert not CoursePage.objects.of_site(clinic.site).exists()

    def test_its_preview_shows_what_a_clinic_would_read(self, course, clinic, browser):
        address = f"/admin/clinicsite/library/pages/{course.pk}/preview/{clinic.site.pk}/content/"
        assert "A thin needle in a tight muscle." in browser.get(address).text


class TestATypeThatIsClosed:
    """The project lets nobody make further pages of it, and keeps those that there are."""

    @pytest.fixture(autouse=True)
    def _closed(self, monkeypatch):
        monkeypatch.setattr(CoursePage, "can_create_at", classmethod(lambda cls, parent: False))

    def test_a_clinic_is_told_why_none_is_added(self, follow, course, clinic, owner):
        follow(clinic).delete()
        with pytest.raises(AnswerError, match="No further course can be made below “Courses”"):
            add_page(clinic.site, course, owner)


class TestAnAppThatIsGone:
    """Its pages lie in the tree still, of types that nobody knows."""

    def test_its_address_is_not_found_and_the_menu_leaves_it_out(self, follower, taken_out, visit):
        assert '<a href="/courses/"' in visit("/").text
        taken_out()
        follower.get_site().clinicsite_settings.save()
        for address in (ADDRESS, "/courses/"):
            assert visit(address).status_code == 404
        assert "/courses/" not in visit("/").text

    @pytest.mark.parametrize("address", ["/sitemap.xml", "/llms.txt", "/search/?q=school"])
    def test_lists_leave_it_out(self, follower, taken_out, visit, address):
        taken_out()
        answer = visit(address)
        assert answer.status_code == 200
        assert "back-school" not in answer.text

    def test_a_pilot_of_it_takes_no_other_page_down(
        self, library, clinic, course, follower, manager, taken_out, visit
    ):
        treatment = library_treatment(library)
        other = follower_of(treatment, clinic)
        pilot(draft(course), manager, clinic)
        pilot(draft(treatment, "On trial."), manager, clinic)
        taken_out()
        assert visit("/treatments/dry-needling/").status_code == 200
        assert "On trial." in words_on(other, clinic)

    @pytest.mark.parametrize("address", [UPDATES, ADD, "/admin/", "/admin/pages/"])
    def test_an_owners_screens_open(self, follower, taken_out, browser, address):
        taken_out()
        answer = browser.get(address, follow=True)
        assert answer.status_code == 200

    @pytest.mark.parametrize("screen", ["matrix/", "matrix.csv", "releases/"])
    def test_the_librarys_screens_open(
        self, course, follower, manager, taken_out, admin_client_of, screen, clinic
    ):
        pilot(draft(course), manager, clinic)
        taken_out()
        answer = admin_client_of(manager).get(f"/admin/clinicsite/library/{screen}")
        assert answer.status_code == 200
