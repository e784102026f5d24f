"""What a release will change, counted over all clinics before anybody releases it."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from clinicsite.clinics.roles import RELEASE_MANAGERS, ensure_agency_groups
from clinicsite.library.answering import held_pages
from clinicsite.library.composition import Lock, Section
from clinicsite.library.releasing.impact import impact_of
from clinicsite.library.releasing.section_changes import ChangeKind, changes_between
from tests.factories import (
    ClinicFactory,
    ModalityPageFactory,
    ReferenceFactory,
    UserFactory,
    section,
)
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    follower_of,
    fresh,
    library_treatment,
    take_over,
)
from tests.library.releasing import draft, overview, pilot

NEW = "A needle as thin as a hair."


@pytest.fixture
def manager(library, clinic):
    groups = ensure_agency_groups(library, [], clinic.collection)
    return UserFactory(username="release-manager", groups=[groups[RELEASE_MANAGERS]])


def impact(page):
    page = fresh(page)
    return impact_of(page, page.get_latest_revision_as_object())


def counts(found):
    """{heading: (read at once, own, hide, hold)}."""
    return {
        one.change.section.heading: (one.reading, one.own, one.hiding, one.holding) for one in found.sections
    }


def kinds(found):
    return {one.change.section.heading: one.change.kinds for one in found.sections}


def hold(page):
    page = fresh(page)
    held_pages.hold(page)
    page.save()


# What happens to each section


def test_each_kind_of_change_is_named(treatment):
    locked = section("Cost", "Ask us.", kind="cost", lock="locked", lock_reason="Prices are agreed.")
    draft(treatment, NEW, RISKS, locked, section("New here"))
    assert kinds(impact(treatment)) == {
        "What is it?": (ChangeKind.CHANGED,),
        "Cost": (ChangeKind.LOCK,),
        "New here": (ChangeKind.NEW,),
        "Afterwards": (ChangeKind.REMOVED,),
    }
    assert impact(treatment).unchanged == 1


def test_a_section_that_only_moves_says_so(treatment):
    page = fresh(treatment)
    page.sections = [AFTERCARE, RISKS, COST, OVERVIEW]
    page.save_revision()
    assert kinds(impact(treatment)) == {"What is it?": (ChangeKind.MOVED,)}


def test_a_section_can_change_and_move_at_once():
    one, two, three = (Section(name, "other", name, []) for name in "abc")
    changed = Section("c", "other", "new words", [], Lock.LOCKED)
    (found,) = changes_between([one, two, three], [changed, one, two], Section.says_the_same_as)
    assert found.kinds == (ChangeKind.CHANGED, ChangeKind.MOVED, ChangeKind.LOCK)


def test_other_fields_that_differ_are_named(treatment):
    draft(treatment, "A thin needle in a tight muscle.", summary="New sentence.", show_in_menus=True)
    found = impact(treatment)
    assert found.sections == []
    assert set(found.fields) == {"show in menus", "summary"}


def test_a_draft_that_says_the_same_changes_nothing(treatment):
    fresh(treatment).save_revision()
    assert impact(treatment).is_empty


# How many clinics


def test_clinics_are_counted_by_what_they_do_with_a_section(treatment, clinic, other_clinic):
    third, fourth = ClinicFactory(), ClinicFactory()
    follower_of(treatment, clinic)
    take_over(follower_of(treatment, other_clinic), OVERVIEW, "Ours", "Our words.")
    take_over(follower_of(treatment, third), OVERVIEW, action="hide")
    hold(follower_of(treatment, fourth))
    draft(treatment, NEW)
    found = impact(treatment)
    assert counts(found) == {"What is it?": (1, 1, 1, 1)}
    assert (found.clinics, found.pages, found.holding) == (4, 4, 1)


def test_a_clinic_with_two_pages_counts_once(treatment, clinic):
    page = follower_of(treatment, clinic)
    ModalityPageFactory(
        parent=page.get_parent(), library_page=treatment, title="Again", summary=None, sections=[]
    )
    draft(treatment, NEW)
    found = impact(treatment)
    assert counts(found) == {"What is it?": (1, 0, 0, 0)}
    assert (found.clinics, found.pages) == (1, 2)


def test_words_returned_to_the_library_are_not_a_clinics_own(treatment, clinic):
    take_over(follower_of(treatment, clinic), OVERVIEW, "Ours", "Kept.", action="return")
    draft(treatment, NEW)
    assert counts(impact(treatment)) == {"What is it?": (1, 0, 0, 0)}


def test_a_follower_that_is_a_draft_is_read_by_nobody(treatment, clinic):
    follower_of(treatment, clinic, live=False)
    draft(treatment, NEW)
    assert impact(treatment).clinics == 0


def test_a_locked_section_reaches_everybody_at_once(treatment, clinic, other_clinic):
    hold(follower_of(treatment, clinic))
    take_over(follower_of(treatment, other_clinic), COST, "Our prices", "Ours.")
    locked = section("Cost", "Ask us.", kind="cost", lock="locked", lock_reason="Prices are agreed.")
    draft(treatment, "A thin needle in a tight muscle.", AFTERCARE, RISKS, locked)
    assert counts(impact(treatment)) == {"Cost": (2, 1, 0, 0)}


def test_a_hidden_section_that_no_clinic_may_hide_any_more_reaches_its_patients(
    treatment, clinic, other_clinic
):
    take_over(follower_of(treatment, clinic), COST, action="hide")
    take_over(follower_of(treatment, other_clinic), COST, "Our prices", "Ours.")
    adapted = section("Cost", "Ask us.", kind="cost", lock="adapt", lock_reason="Prices are agreed.")
    draft(treatment, "A thin needle in a tight muscle.", AFTERCARE, RISKS, adapted)
    assert counts(impact(treatment)) == {"Cost": (1, 1, 1, 0)}


def test_a_hidden_section_that_may_be_hidden_reaches_nobody(treatment, clinic):
    take_over(follower_of(treatment, clinic), COST, action="hide")
    draft(
        treatment, "A thin needle in a tight muscle.", AFTERCARE, RISKS, section("Cost", "Less.", kind="cost")
    )
    assert counts(impact(treatment)) == {"Cost": (0, 0, 1, 0)}


def test_a_removed_section_reaches_nobody_at_once(treatment, clinic):
    follower_of(treatment, clinic)
    draft(treatment, "A thin needle in a tight muscle.", RISKS, COST)
    assert counts(impact(treatment)) == {"Afterwards": (0, 0, 0, 0)}


def test_the_number_of_queries_does_not_grow(treatment, clinic, other_clinic):
    take_over(follower_of(treatment, clinic), OVERVIEW, "Ours", "Our words.")
    # A second draft names the first, which costs Wagtail a query.
    for words in (NEW, NEW + " More."):
        draft(treatment, words)
    impact(treatment)
    with CaptureQueriesContext(connection) as few:
        impact(treatment)
    for one in (other_clinic, ClinicFactory(), ClinicFactory()):
        take_over(follower_of(treatment, one), AFTERCARE, "Ours", "Our words.")
    draft(treatment, NEW, section("One"), section("Two"), RISKS, section("Three"))
    with CaptureQueriesContext(connection) as many:
        assert impact(treatment).clinics == 4
    assert len(many) == len(few)


# Checks


def warnings(page):
    return " ".join(impact(page).warnings)


def test_an_unknown_token_must_be_corrected(treatment):
    draft(treatment, "Call {mobile}.")
    (reason,) = impact(treatment).reasons
    assert "Unknown token: {mobile}" in reason


@pytest.mark.parametrize("where", ["draft", "gone", "clinic"])
def test_a_link_that_leads_nowhere_is_reported(treatment, library, clinic, where):
    if where == "draft":
        target = library_treatment(library, title="Cupping", live=False).pk
    else:
        target = clinic.home.pk if where == "clinic" else 987654
    draft(treatment, f'See <a linktype="page" id="{target}">this</a>.')
    words = {"draft": "which is not published", "gone": "has been deleted", "clinic": "no clinic can follow"}
    assert words[where] in warnings(treatment)


def test_a_link_that_every_follower_can_resolve_is_fine(treatment, library):
    target = library_treatment(library, title="Cupping")
    draft(treatment, f'See <a linktype="page" id="{target.pk}">this</a>.', reviewed_on=timezone.localdate())
    assert impact(treatment).warnings == []


def test_a_citation_of_a_deleted_reference_is_reported(treatment):
    kept, gone = ReferenceFactory(), ReferenceFactory()
    cite = '<a linktype="clinicsite-citation" id="{}">mark</a>'
    draft(treatment, f"Studied {cite.format(kept.pk)} {cite.format(gone.pk)}.")
    assert "no longer there" not in warnings(treatment)
    gone.delete()
    assert "a citation of references that are no longer there" in warnings(treatment)


def test_a_missing_review_date_is_reported(treatment):
    draft(treatment, NEW)
    assert "It has no review date" in warnings(treatment)


def test_a_review_older_than_the_change_is_reported(treatment):
    draft(treatment, NEW, reviewed_on=date(2026, 1, 2))
    assert "is older than this change" in warnings(treatment)
    draft(treatment, NEW, reviewed_on=timezone.localdate())
    assert impact(treatment).warnings == []


def test_a_review_that_is_due_is_reported(treatment):
    yesterday = timezone.localdate() - timedelta(days=1)
    draft(treatment, NEW, reviewed_on=timezone.localdate(), next_review_on=yesterday)
    assert "Its next review was due" in warnings(treatment)


# The screen


def screen(page):
    return f"/admin/clinicsite/library/pages/{page.pk}/release/"


def test_the_screen_shows_the_counts_and_asks_whom_to_release_to(treatment, clinic, manager, admin_client_of):
    follower_of(treatment, clinic)
    draft(treatment, NEW)
    response = admin_client_of(manager).get(screen(treatment))
    assert response.status_code == 200
    for words in (
        "1 clinic",
        "What is it?",
        "Changed",
        "Read it at once",
        "It has no review date",
        "Release",
    ):
        assert words in response.text
    assert "North Clinic" in response.text
    assert f"/admin/clinicsite/library/pages/{treatment.pk}/preview/" in response.text


def test_a_library_editor_sees_the_impact_and_no_buttons(treatment, clinic, library_editor, admin_client_of):
    follower_of(treatment, clinic)
    draft(treatment, NEW)
    browser = admin_client_of(library_editor)
    response = browser.get(screen(treatment))
    assert response.status_code == 200
    assert "Read it at once" in response.text
    assert 'name="to"' not in response.text
    browser.post(screen(treatment), {"to": "all", "note": "x", "is_unapproved_ok": "on"})
    assert fresh(treatment).has_unpublished_changes
    assert not treatment.clinicsite_releases.exists()


@pytest.mark.parametrize("person", ["owner", "editor", "other_owner"])
def test_for_a_clinics_people_the_screen_is_not_there(treatment, clinic, request, admin_client_of, person):
    follower_of(treatment, clinic)
    draft(treatment, NEW)
    browser = admin_client_of(request.getfixturevalue(person))
    missing = browser.get("/admin/clinicsite/library/pages/987654/release/")
    for response in (browser.get(screen(treatment)), browser.post(screen(treatment), {"to": "all"})):
        assert response.status_code == missing.status_code == 404
    assert not treatment.clinicsite_releases.exists()


def test_a_clinics_page_has_no_such_screen(treatment, clinic, manager, owner, admin_client_of):
    follower = follower_of(treatment, clinic)
    for person in (manager, owner):
        assert admin_client_of(person).get(screen(follower)).status_code == 404


def test_a_draft_is_released_on_the_screen(treatment, clinic, manager, admin_client_of):
    follower_of(treatment, clinic)
    draft(treatment, NEW)
    data = {"to": "all", "note": "Clearer words.", "is_unapproved_ok": "on"}
    assert admin_client_of(manager).post(screen(treatment), data).status_code == 302
    assert NEW in str(fresh(treatment).sections.raw_data[0])
    assert treatment.clinicsite_releases.get().note == "Clearer words."


def test_pilots_are_chosen_on_the_screen_and_remembered(
    treatment, clinic, other_clinic, manager, admin_client_of
):
    for one in (clinic, other_clinic):
        follower_of(treatment, one)
    draft(treatment, NEW)
    browser = admin_client_of(manager)
    data = {"to": "pilots", "pilots": [clinic.site.pk], "note": "First here.", "is_unapproved_ok": "on"}
    assert browser.post(screen(treatment), data).status_code == 302
    release = treatment.clinicsite_releases.get()
    assert list(release.pilots.all()) == [clinic.site]
    shown = browser.get(screen(treatment)).text
    assert "With pilot clinics" in shown
    assert "North Clinic" in shown
    assert 'name="to"' not in shown
    browser.post(screen(treatment), {"step": "end-pilot", "release": release.pk})
    form = browser.get(screen(treatment)).context["form"]
    assert form.initial["pilots"] == [clinic.site.pk]
    browser.post(screen(treatment), data)
    release = treatment.clinicsite_releases.first()
    browser.post(screen(treatment), {"step": "pilot-to-all", "release": release.pk})
    assert NEW in str(fresh(treatment).sections.raw_data[0])


def test_a_set_time_is_chosen_and_cancelled_on_the_screen(treatment, manager, admin_client_of):
    draft(treatment, NEW)
    browser = admin_client_of(manager)
    data = {"to": "later", "at": "2031-05-06 07:00", "note": "Spring.", "is_unapproved_ok": "on"}
    assert browser.post(screen(treatment), data).status_code == 302
    release = treatment.clinicsite_releases.get()
    assert release.state == "scheduled"
    assert "Cancel the set time" in browser.get(screen(treatment)).text
    browser.post(screen(treatment), {"step": "cancel-schedule", "release": release.pk})
    release.refresh_from_db()
    assert release.state == "ended"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"to": "later", "note": "x", "is_unapproved_ok": "on"}, "Say when."),
        ({"to": "all", "is_unapproved_ok": "on"}, "Say why it is released without approval."),
        ({"note": "x"}, "This field is required."),
        ({"to": "pilots", "note": "x", "is_unapproved_ok": "on"}, "Choose at least one clinic."),
    ],
)
def test_what_is_missing_is_asked_for(treatment, clinic, manager, admin_client_of, data, sentence):
    follower_of(treatment, clinic)
    draft(treatment, NEW)
    response = admin_client_of(manager).post(screen(treatment), data)
    assert response.status_code == 200
    assert sentence in response.text
    assert not treatment.clinicsite_releases.exists()


def test_a_release_of_another_page_is_not_carried_out_here(
    treatment, library, clinic, manager, admin_client_of
):
    other = library_treatment(library, title="Cupping")
    follower_of(other, clinic)
    page = fresh(other)
    page.sections = [overview(NEW)]
    page.save_revision()
    release = pilot(other, manager, clinic)
    data = {"step": "end-pilot", "release": release.pk}
    assert admin_client_of(manager).post(screen(treatment), data).status_code == 404
    release.refresh_from_db()
    assert release.state == "pilot"


def test_a_refusal_on_the_screen_is_a_sentence(treatment, manager, admin_client_of):
    response = admin_client_of(manager).post(
        screen(treatment), {"to": "all", "note": "x", "is_unapproved_ok": "on"}, follow=True
    )
    assert "There is no draft to release" in response.text


def test_the_editor_of_a_library_page_leads_to_the_screens(treatment, clinic, manager, admin_client_of):
    follower_of(treatment, clinic)
    shown = admin_client_of(manager).get(f"/admin/pages/{treatment.pk}/edit/").text
    assert "<strong>1 clinic</strong> follows this page" in shown
    for address in ("release/", "preview/", "retire/"):
        assert f"/admin/clinicsite/library/pages/{treatment.pk}/{address}" in shown
    assert f"/admin/clinicsite/library/releases/?page={treatment.pk}" in shown


def test_the_editor_of_a_clinics_page_has_none_of_it(treatment, clinic, owner, admin_client_of):
    follower = follower_of(treatment, clinic)
    shown = admin_client_of(owner).get(f"/admin/pages/{follower.pk}/edit/").text
    assert "follows this page" not in shown
    screens = "/admin/clinicsite/library/pages/"
    assert screens not in shown.replace(f"{screens}{follower.pk}/", "")
    assert f"/admin/clinicsite/library/pages/{follower.pk}/release/" not in shown


def token_in(response):
    """The CSRF token of each form of a screen that posts."""
    return re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', response.text)[-1]


def test_the_forms_of_the_screen_carry_their_token(treatment, clinic, manager):
    follower_of(treatment, clinic)
    draft(treatment, NEW)
    browser = Client(HTTP_HOST="localhost", enforce_csrf_checks=True)
    browser.force_login(manager)
    asked = {"to": "pilots", "pilots": [clinic.site.pk], "note": "First here.", "is_unapproved_ok": "on"}
    for data in (asked, {"step": "end-pilot"}):
        under_way = treatment.clinicsite_releases.first()
        data |= {"release": under_way.pk} if under_way else {}
        data["csrfmiddlewaretoken"] = token_in(browser.get(screen(treatment)))
        assert browser.post(screen(treatment), data).status_code == 302
    assert treatment.clinicsite_releases.get().state == "ended"
