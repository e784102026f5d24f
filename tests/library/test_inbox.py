"""Library updates: what a clinic has to answer, asked of its pages each time."""

from datetime import timedelta

import pytest
from django.contrib.messages import get_messages
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import GroupPagePermission

from clinicsite.clinics.roles import ensure_network_groups
from clinicsite.core.rendering import rendering_for
from clinicsite.library.answering import held_pages
from clinicsite.library.answering.drafts import change_draft
from clinicsite.library.composition import State
from clinicsite.library.inbox.box import Inbox
from clinicsite.library.inbox.questions import Answer, UpdateKind
from clinicsite.library.inbox.updates import answer_update
from clinicsite.library.models import DeclinedPage, Release
from clinicsite.modalities.models import ModalityPage
from tests.factories import ModalityPageFactory, UserFactory, section
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    edit_library,
    follower_of,
    fresh,
    headings,
    library_treatment,
    states,
    take_over,
    words_on,
)
from tests.standing import standing

ADDRESS = "/admin/clinicsite/library/updates/"
NEW_AFTERCARE = section("Afterwards", "Move, and drink water.", kind="aftercare")
NEW_COST = section("Cost", "Ask your insurer.", kind="cost")


@standing
def changed(treatment, follower):
    """A follower with its own aftercare, whose library page has changed that and dropped the opening."""
    take_over(follower, AFTERCARE, "Ours", "Call us any time.")
    edit_library(treatment, AFTERCARE | {"value": NEW_AFTERCARE["value"]}, RISKS, COST)
    return follower


def questions(clinic, user):
    with rendering_for(None):
        return Inbox(clinic.site, user).questions()


def asked(clinic, user):
    """{(kind, section id or page title): question} of what is open."""
    return {
        (one.kind, one.section_id or one.page.title): one
        for one in questions(clinic, user)
        if not one.is_answered
    }


def count(clinic, user):
    with rendering_for(None):
        return Inbox(clinic.site, user).count()


def say(clinic, user, answer, question):
    return answer_update(clinic.site, user, answer, question.key)


def hold(page, user):
    change_draft(page.pk, user, held_pages.hold, message="Held", publish=True)


def retire(library_page):
    fresh(library_page).unpublish()


def test_a_clinic_that_is_up_to_date_has_nothing_to_answer(follower, clinic, owner, admin_client_of):
    assert questions(clinic, owner) == []
    assert "You are up to date with the library." in admin_client_of(owner).get(ADDRESS).text


def test_it_asks_about_changes_under_own_versions_and_retired_sections(changed, clinic, owner):
    found = asked(clinic, owner)
    assert set(found) == {(UpdateKind.CHANGED, AFTERCARE["id"]), (UpdateKind.RETIRED, OVERVIEW["id"])}
    question = found[UpdateKind.CHANGED, AFTERCARE["id"]]
    assert (question.page.pk, question.heading) == (changed.pk, "Afterwards")
    assert question.when is not None


def test_a_change_under_a_hidden_section_is_asked_about(treatment, follower, clinic, owner):
    take_over(follower, COST, action="hide")
    edit_library(treatment, OVERVIEW, AFTERCARE, RISKS, NEW_COST)
    question = asked(clinic, owner)[UpdateKind.CHANGED, COST["id"]]
    assert "You hide it" in question.what


def test_a_change_under_words_returned_to_the_library_is_no_question(treatment, follower, clinic, owner):
    take_over(follower, AFTERCARE, "Ours", "Call us.", action="return")
    edit_library(treatment, OVERVIEW, NEW_AFTERCARE, RISKS, COST)
    assert questions(clinic, owner) == []


def test_keeping_ours_settles_it_and_is_published_at_once(changed, clinic, owner):
    result = say(clinic, owner, Answer.KEEP, asked(clinic, owner)[UpdateKind.CHANGED, AFTERCARE["id"]])
    assert result.is_published
    assert states(changed)[AFTERCARE["id"]] is State.YOURS
    assert (UpdateKind.CHANGED, AFTERCARE["id"]) not in asked(clinic, owner)


def test_taking_the_librarys_shows_it_and_keeps_ours_on_record(changed, clinic, owner):
    say(clinic, owner, Answer.TAKE, asked(clinic, owner)[UpdateKind.CHANGED, AFTERCARE["id"]])
    assert "Move, and drink water." in words_on(changed, clinic)
    assert changed.clinicsite_section_overrides.get(section_id=AFTERCARE["id"]).heading == "Ours"


@pytest.mark.parametrize("answer", [Answer.KEEP, Answer.TAKE])
def test_an_answer_to_a_text_that_has_changed_again_is_refused(changed, treatment, clinic, owner, answer):
    question = asked(clinic, owner)[UpdateKind.CHANGED, AFTERCARE["id"]]
    edit_library(treatment, section("Afterwards", "Rest.", kind="aftercare"), RISKS, COST)
    result = say(clinic, owner, answer, question)
    assert not result.is_done
    assert "changed this section again" in result.sentence
    assert states(changed)[AFTERCARE["id"]] is State.YOURS_CHANGED


def test_a_retired_section_is_kept_or_let_go(changed, clinic, owner):
    question = asked(clinic, owner)[UpdateKind.RETIRED, OVERVIEW["id"]]
    assert "What is it?" in headings(changed)
    say(clinic, owner, Answer.KEEP_RETIRED, question)
    assert states(changed)[OVERVIEW["id"]] is State.YOURS
    assert not say(clinic, owner, Answer.DROP_RETIRED, question).is_done


def test_a_retired_section_that_is_let_go_is_gone(changed, clinic, owner):
    say(clinic, owner, Answer.DROP_RETIRED, asked(clinic, owner)[UpdateKind.RETIRED, OVERVIEW["id"]])
    assert "What is it?" not in headings(changed)
    assert (UpdateKind.RETIRED, OVERVIEW["id"]) not in asked(clinic, owner)


def test_what_waits_on_a_held_page_is_asked_about_until_it_is_approved(treatment, follower, clinic, owner):
    hold(follower, owner)
    edit_library(treatment, OVERVIEW, NEW_AFTERCARE, RISKS, COST, section("Why us?", "Because."))
    found = asked(clinic, owner)
    assert {kind for kind, _ in found} == {UpdateKind.WAITING}
    assert len(found) == 2
    for question in found.values():
        assert say(clinic, owner, Answer.APPROVE, question).is_published
    assert "Why us?" in headings(follower)
    assert asked(clinic, owner) == {}


def test_an_approval_of_a_text_that_has_changed_again_is_refused(treatment, follower, clinic, owner):
    hold(follower, owner)
    edit_library(treatment, OVERVIEW, NEW_AFTERCARE, RISKS, COST)
    question = asked(clinic, owner)[UpdateKind.WAITING, AFTERCARE["id"]]
    edit_library(treatment, OVERVIEW, section("Afterwards", "Rest.", kind="aftercare"), RISKS, COST)
    assert not say(clinic, owner, Answer.APPROVE, question).is_done
    assert "Move gently." in words_on(follower, clinic)


def test_patients_keep_a_page_the_library_has_retired(treatment, follower, clinic, owner, visit):
    before = words_on(follower, clinic)
    retire(treatment)
    assert visit("/treatments/dry-needling/").status_code == 200
    assert words_on(follower, clinic) == before
    assert set(asked(clinic, owner)) == {(UpdateKind.PAGE_RETIRED, "Dry needling")}


def test_a_retired_page_that_is_kept_becomes_the_clinics_own(treatment, follower, clinic, owner, visit):
    before = words_on(follower, clinic)
    retire(treatment)
    result = say(
        clinic, owner, Answer.KEEP_RETIRED, asked(clinic, owner)[UpdateKind.PAGE_RETIRED, "Dry needling"]
    )
    assert result.is_published
    assert fresh(follower).library_page is None
    assert words_on(follower, clinic) == before
    assert asked(clinic, owner) == {}


def test_a_retired_page_that_is_let_go_is_unpublished(treatment, follower, clinic, owner, visit):
    retire(treatment)
    say(clinic, owner, Answer.DROP_RETIRED, asked(clinic, owner)[UpdateKind.PAGE_RETIRED, "Dry needling"])
    assert not fresh(follower).live
    assert visit("/treatments/dry-needling/").status_code == 404
    assert asked(clinic, owner) == {}


@pytest.fixture
def helper(clinic):
    """Somebody who may edit the clinic's pages and not publish them."""
    user = UserFactory(username="helper", groups=[clinic.groups.editor])
    GroupPagePermission.objects.filter(
        group=clinic.groups.editor, permission__codename="publish_page"
    ).delete()
    return user


def test_who_may_not_publish_cannot_let_a_page_go(treatment, follower, clinic, helper):
    retire(treatment)
    result = say(
        clinic, helper, Answer.DROP_RETIRED, asked(clinic, helper)[UpdateKind.PAGE_RETIRED, "Dry needling"]
    )
    assert (result.is_done, fresh(follower).live) == (False, True)
    assert "You may not unpublish" in result.sentence


def test_an_answer_of_who_may_not_publish_waits_in_the_draft_and_is_not_asked_again(
    changed, clinic, helper, admin_client_of
):
    question = asked(clinic, helper)[UpdateKind.CHANGED, AFTERCARE["id"]]
    assert not question.is_at_once
    assert not say(clinic, helper, Answer.KEEP, question).is_published
    assert states(changed)[AFTERCARE["id"]] is State.YOURS_CHANGED
    assert (UpdateKind.CHANGED, AFTERCARE["id"]) not in asked(clinic, helper)
    (answered,) = [one for one in questions(clinic, helper) if one.is_answered]
    assert (answered.section_id, answered.answers) == (AFTERCARE["id"], ())
    assert "Answered in the draft, not published yet." in admin_client_of(helper).get(ADDRESS).text


def test_an_answer_never_publishes_another_draft(changed, clinic, owner):
    page = fresh(changed)
    page.title = "Half done"
    page.save_revision()
    question = asked(clinic, owner)[UpdateKind.CHANGED, AFTERCARE["id"]]
    assert not question.is_at_once
    say(clinic, owner, Answer.TAKE, question)
    assert fresh(changed).title == "Dry needling"


def test_a_click_says_beforehand_what_it_does(changed, clinic, owner, admin_client_of):
    assert "Your answer is published at once." in admin_client_of(owner).get(ADDRESS).text
    fresh(changed).save_revision()
    assert "Your answer goes into the draft" in admin_client_of(owner).get(ADDRESS).text


def rename(treatment):
    edit_library(treatment, OVERVIEW, AFTERCARE, RISKS, COST, title="Needling", slug="needling")


def test_a_change_is_to_be_looked_at_before_it_is_answered(changed, clinic, owner, admin_client_of):
    html = admin_client_of(owner).get("/admin/clinicsite/library/updates/").text
    row = html[html.index("Library changed</span>") :]
    row = row[: row.index("</li>")]
    assert row.index("See what changed") < row.index("Keep ours") < row.index("Take the library")
    assert 'class="button button-small" href="/admin/clinicsite/library/pages/' in row


def test_a_new_title_is_taken(treatment, follower, clinic, owner):
    rename(treatment)
    say(clinic, owner, Answer.TAKE_TITLE, asked(clinic, owner)[UpdateKind.RENAMED, "Dry needling"])
    assert (fresh(follower).title, fresh(follower).slug) == ("Needling", "dry-needling")
    assert asked(clinic, owner)[UpdateKind.RENAMED, "Needling"].answers == (
        Answer.TAKE_SLUG,
        Answer.KEEP_NAME,
    )


def test_a_new_address_is_taken_and_the_old_one_leads_to_it(
    treatment, follower, clinic, owner, visit, django_capture_on_commit_callbacks
):
    rename(treatment)
    with django_capture_on_commit_callbacks(execute=True):
        say(clinic, owner, Answer.TAKE_SLUG, asked(clinic, owner)[UpdateKind.RENAMED, "Dry needling"])
    assert fresh(follower).slug == "needling"
    assert Redirect.objects.get().site == clinic.site
    assert visit("/treatments/dry-needling/").url == "/treatments/needling/"


def test_the_old_name_is_kept_and_not_asked_about_again(treatment, follower, clinic, owner):
    rename(treatment)
    say(clinic, owner, Answer.KEEP_NAME, asked(clinic, owner)[UpdateKind.RENAMED, "Dry needling"])
    assert fresh(follower).title == "Dry needling"
    assert asked(clinic, owner) == {}


def test_an_address_that_is_taken_is_refused(treatment, follower, clinic, owner):
    ModalityPageFactory(parent=follower.get_parent(), title="Needling")
    rename(treatment)
    result = say(clinic, owner, Answer.TAKE_SLUG, asked(clinic, owner)[UpdateKind.RENAMED, "Dry needling"])
    assert "has the address “needling” already" in result.sentence
    assert fresh(follower).slug == "dry-needling"


def test_a_clinics_own_title_is_no_question_while_the_librarys_stays(treatment, clinic, owner):
    follower_of(treatment, clinic, title="Needling with us", slug="with-us")
    assert questions(clinic, owner) == []


def test_a_name_the_clinic_has_already_is_not_offered(treatment, clinic, owner):
    follower_of(treatment, clinic, title="Needling", slug="dry-needling")
    edit_library(treatment, OVERVIEW, AFTERCARE, RISKS, COST, title="Needling", slug="needling")
    (question,) = questions(clinic, owner)
    assert question.answers == (Answer.TAKE_SLUG, Answer.KEEP_NAME)
    assert "The library calls this page" not in question.what


def test_a_clinic_that_has_the_new_name_and_address_is_asked_nothing(treatment, clinic, owner):
    follower_of(treatment, clinic, title="Needling", slug="needling")
    rename(treatment)
    assert questions(clinic, owner) == []
    assert count(clinic, owner) == 0


def test_an_answer_in_the_draft_of_a_page_nobody_reads_is_not_shown_as_waiting(changed, clinic, owner):
    question = asked(clinic, owner)[UpdateKind.CHANGED, AFTERCARE["id"]]
    fresh(changed).unpublish()
    say(clinic, owner, Answer.KEEP, question)
    assert {one.kind for one in questions(clinic, owner)} == {UpdateKind.RETIRED}


def test_an_answer_in_the_draft_of_a_live_page_is_shown_as_answered(changed, clinic, owner):
    question = asked(clinic, owner)[UpdateKind.CHANGED, AFTERCARE["id"]]
    fresh(changed).save_revision()
    say(clinic, owner, Answer.KEEP, question)
    assert {one.kind: one.is_answered for one in questions(clinic, owner)} == {
        UpdateKind.CHANGED: True,
        UpdateKind.RETIRED: False,
    }


def test_what_is_new_in_the_library_is_offered_until_declined(library, follower, clinic, owner):
    cupping = library_treatment(library, title="Cupping")
    question = asked(clinic, owner)[UpdateKind.NEW, "Cupping"]
    assert question.answers == (Answer.ADD_DRAFT, Answer.ADD_LIVE, Answer.DECLINE)
    say(clinic, owner, Answer.DECLINE, question)
    assert asked(clinic, owner) == {}
    assert DeclinedPage.objects.get().library_page_id == cupping.pk


def test_a_declined_page_is_offered_again_on_request(library, follower, clinic, owner, admin_client_of):
    cupping = library_treatment(library, title="Cupping")
    say(clinic, owner, Answer.DECLINE, asked(clinic, owner)[UpdateKind.NEW, "Cupping"])
    browser = admin_client_of(owner)
    assert "Not for us (1)" in browser.get(ADDRESS).text
    browser.post(ADDRESS, {"take-back": cupping.pk})
    assert (UpdateKind.NEW, "Cupping") in asked(clinic, owner)


def test_one_clinics_refusal_is_not_anothers(library, clinic, other_clinic, owner, other_owner):
    library_treatment(library, title="Cupping")
    follower_of(library_treatment(library), clinic)
    follower_of(library_treatment(library, title="Massage"), other_clinic)
    say(clinic, owner, Answer.DECLINE, asked(clinic, owner)[UpdateKind.NEW, "Cupping"])
    assert (UpdateKind.NEW, "Cupping") in asked(other_clinic, other_owner)


def test_a_page_that_is_only_a_draft_in_the_library_is_not_offered(library, follower, clinic, owner):
    library_treatment(library, title="Cupping", live=False)
    assert questions(clinic, owner) == []


def test_a_page_the_clinic_has_as_a_draft_is_not_offered(treatment, clinic, owner):
    follower_of(treatment, clinic, live=False)
    assert questions(clinic, owner) == []


def test_a_new_page_is_added_from_the_inbox(library, follower, clinic, owner):
    cupping = library_treatment(library, title="Cupping")
    say(clinic, owner, Answer.ADD_LIVE, asked(clinic, owner)[UpdateKind.NEW, "Cupping"])
    assert ModalityPage.objects.of_site(clinic.site).get(library_page=cupping).live


def test_links_to_a_page_the_clinic_does_not_have_are_said(library, clinic, owner):
    cupping = library_treatment(library, title="Cupping")
    link = f'See <a linktype="page" id="{cupping.pk}">cupping</a>.'
    follower_of(library_treatment(library, section("Else", link)), clinic)
    question = asked(clinic, owner)[UpdateKind.LINK, "Cupping"]
    assert "Linked from “Dry needling”" in question.what
    assert "plain text" in question.what
    assert Answer.ADD_DRAFT in question.answers


def post(browser, clinic, **data):
    response = browser.post(ADDRESS, {"clinic": clinic.site.pk, **data})
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


def test_several_are_answered_at_once_and_the_rest_is_said(
    changed, library, treatment, clinic, owner, admin_client_of
):
    twin = follower_of(
        library_treatment(library, section("Open", "a"), AFTERCARE | {"id": "x"}, title="Twin"), clinic
    )
    found = asked(clinic, owner)
    rows = [question.key for question in found.values()]
    said = post(admin_client_of(owner), clinic, several="keep", row=rows)
    assert states(changed)[AFTERCARE["id"]] is State.YOURS
    assert states(changed)[OVERVIEW["id"]] is State.RETIRED
    assert any("kept your own version" in one for one in said)
    assert any("not in this way" in one for one in said)
    assert twin.live


def test_one_update_is_answered_in_place_and_leads_back_to_the_same_filter(
    changed, clinic, owner, admin_client_of
):
    question = asked(clinic, owner)[UpdateKind.CHANGED, AFTERCARE["id"]]
    here = f"{ADDRESS}?clinic={clinic.site.pk}&kind=changed"
    response = admin_client_of(owner).post(ADDRESS, {"one": f"keep|{question.key}", "next": here})
    assert response.url == here
    assert states(changed)[AFTERCARE["id"]] is State.YOURS


def test_nothing_ticked_is_said(changed, clinic, owner, admin_client_of):
    (said,) = post(admin_client_of(owner), clinic, several="keep")
    assert "Nothing was chosen" in said


@pytest.mark.parametrize(
    "key", ["", "changed", "nonsense:1:x:y", "changed:9999:x:y", "changed:x:y:z", "new:1::"]
)
def test_a_crafted_answer_changes_nothing(changed, clinic, owner, key):
    before = [one.pk for one in fresh(changed).revisions.all()]
    assert not answer_update(clinic.site, owner, "keep", key).is_done
    assert [one.pk for one in fresh(changed).revisions.all()] == before


def test_the_list_is_filtered_by_kind_and_type(changed, clinic, owner, admin_client_of):
    browser = admin_client_of(owner)
    assert len(browser.get(ADDRESS).context["rows"]) == 2
    assert len(browser.get(ADDRESS, {"kind": "retired"}).context["rows"]) == 1
    assert len(browser.get(ADDRESS, {"type": "clinicsite_modalities.modalitypage"}).context["rows"]) == 2
    assert (
        "There is no update of this kind." in browser.get(ADDRESS, {"type": "clinicsite_home.blogpage"}).text
    )


def test_another_clinics_inbox_is_as_if_it_were_not_there(
    changed, clinic, other_owner, library_editor, admin_client_of
):
    for stranger in (other_owner, library_editor):
        browser = admin_client_of(stranger)
        assert browser.get(ADDRESS, {"clinic": clinic.site.pk}).status_code == 404
        assert browser.post(ADDRESS, {"clinic": clinic.site.pk, "several": "take"}).status_code == 404


def test_another_clinics_page_cannot_be_answered_for(changed, clinic, owner, other_clinic, other_owner):
    question = asked(clinic, owner)[UpdateKind.CHANGED, AFTERCARE["id"]]
    result = say(other_clinic, other_owner, Answer.TAKE, question)
    assert not result.is_done
    assert "Dry needling" not in result.sentence
    assert states(changed)[AFTERCARE["id"]] is State.YOURS_CHANGED


def test_one_clinics_answer_changes_nothing_for_another(
    changed, treatment, clinic, other_clinic, owner, other_owner
):
    before = questions(other_clinic, other_owner)
    say(clinic, owner, Answer.TAKE, asked(clinic, owner)[UpdateKind.CHANGED, AFTERCARE["id"]])
    assert [one.key for one in questions(other_clinic, other_owner)] == [one.key for one in before]


def test_who_works_for_two_clinics_sees_the_inbox_of_one(changed, clinic, other_clinic, admin_client_of):
    both = UserFactory(groups=[clinic.groups.owner, other_clinic.groups.owner])
    shown = admin_client_of(both).get(ADDRESS)
    assert len(shown.context["rows"]) == 2
    assert "South Clinic" not in shown.text.partition("<main")[2]


def test_who_looks_after_several_clinics_chooses_one(changed, clinic, other_clinic, admin_client_of):
    network = clinic.home.get_parent().specific
    browser = admin_client_of(UserFactory(groups=[ensure_network_groups([network])[network.pk]]))
    shown = browser.get(ADDRESS).text
    assert f"?clinic={clinic.site.pk}" in shown
    assert f"?clinic={other_clinic.site.pk}" in shown
    assert "South Clinic" not in browser.get(ADDRESS, {"q": "north"}).text
    assert len(browser.get(ADDRESS, {"clinic": clinic.site.pk}).context["rows"]) == 2


def test_the_menu_leads_there_for_people_of_clinics_only(clinic, owner, library_editor, admin_client_of):
    assert "/admin/clinicsite/library/updates/" in admin_client_of(owner).get("/admin/").text
    assert "/admin/clinicsite/library/updates/" not in admin_client_of(library_editor).get("/admin/").text


def test_the_dashboard_counts_what_waits(changed, library, clinic, owner, admin_client_of):
    library_treatment(library, title="Cupping")
    shown = admin_client_of(owner).get("/admin/").text
    assert "2 pages where the library says something new" in shown
    assert "1 page in the library that you do not have yet" in shown


def test_the_count_agrees_with_the_list(changed, library, treatment, clinic, owner):
    held = follower_of(library_treatment(library, OVERVIEW | {"id": "o"}, title="Held"), clinic)
    hold(held, owner)
    edit_library(held.library_page, OVERVIEW | {"id": "o", "value": NEW_COST["value"]})
    gone = follower_of(library_treatment(library, section("Gone"), title="Gone"), clinic)
    retire(gone.library_page)
    named = follower_of(library_treatment(library, section("Named"), title="Named"), clinic)
    edit_library(named.library_page, section("Named"), title="Renamed", slug="renamed")
    drafted = follower_of(library_treatment(library, section("Draft"), title="Drafted"), clinic)
    drafted.save_revision()
    own = {
        UpdateKind.CHANGED,
        UpdateKind.WAITING,
        UpdateKind.RETIRED,
        UpdateKind.PAGE_RETIRED,
        UpdateKind.RENAMED,
    }
    listed = [kind for kind, _ in asked(clinic, owner) if kind in own]
    assert set(listed) == own
    assert count(clinic, owner) == len(listed)


def queries(browser, address):
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def many(library, clinic, numbers):
    for number in numbers:
        parts = [section(f"A{number}", kind="aftercare"), section(f"B{number}"), section(f"C{number}")]
        page = follower_of(library_treatment(library, *parts, title=f"Treatment {number}"), clinic)
        take_over(page, parts[0], "Ours", "Call us.")
        take_over(page, parts[1], action="hide")
        edit_library(page.library_page, section("New", key=f"A{number}"), section("Newer", key=f"B{number}"))
        page.save_revision().publish()


def test_the_queries_do_not_grow_with_the_followers(library, clinic, owner, admin_client_of):
    browser = admin_client_of(owner)
    many(library, clinic, range(2))
    few = queries(browser, ADDRESS), queries(browser, "/admin/")
    many(library, clinic, range(2, 8))
    assert len(asked(clinic, owner)) == 24
    assert (queries(browser, ADDRESS), queries(browser, "/admin/")) == few


def released(library_page, note, state=Release.State.LIVE, **kwargs):
    return Release.objects.create(page=library_page, state=state, content={}, note=note, **kwargs)


def retired(library_page, note="", replaced_by=None):
    """Retire a page, and say why and what takes its place."""
    retire(library_page)
    row = Release.objects.filter(page_id=library_page.pk, state=Release.State.RETIRED)
    assert row.update(note=note, replaced_by=replaced_by) == 1


def test_the_note_of_the_newest_release_to_all_is_shown(changed, treatment, clinic, owner, admin_client_of):
    released(treatment, "First words.", live_at=timezone.now() - timedelta(days=2))
    released(treatment, "Move <b>sooner</b>. " + "x" * 400, live_at=timezone.now() + timedelta(minutes=1))
    released(treatment, "Only for pilots.", state=Release.State.PILOT)
    released(treatment, "Taken back.", state=Release.State.UNDONE, live_at=timezone.now() + timedelta(days=1))
    shown = admin_client_of(owner).get(ADDRESS).text
    assert shown.count("The library’s note: Move &lt;b&gt;sooner&lt;/b&gt;. x") == 2
    assert "x" * 250 in shown
    assert "x" * 300 not in shown
    for other in ("First words.", "Only for pilots.", "Taken back."):
        assert other not in shown


def test_the_newest_note_is_that_of_the_release_that_went_live_last(changed, treatment, clinic, owner):
    now = timezone.now()
    released(treatment, "Set for later, and here now.", live_at=now + timedelta(minutes=1))
    released(treatment, "Made afterwards, live before.", live_at=now - timedelta(days=2))
    assert {one.note for one in questions(clinic, owner)} == {"Set for later, and here now."}


def test_of_two_releases_at_one_moment_the_one_made_last_counts(changed, treatment, clinic, owner):
    moment = timezone.now() + timedelta(minutes=1)
    for note in ("First.", "Second."):
        released(treatment, note, live_at=moment)
    assert {one.note for one in questions(clinic, owner)} == {"Second."}


def test_the_note_of_a_retirement_is_shown_on_the_retired_page(treatment, follower, clinic, owner):
    released(treatment, "Older words.", live_at=timezone.now() + timedelta(days=1))
    retired(treatment, "Nobody needs it.")
    assert asked(clinic, owner)[UpdateKind.PAGE_RETIRED, "Dry needling"].note == "Nobody needs it."


def test_the_note_of_what_is_new_is_shown(library, clinic, owner):
    released(library_treatment(library, title="Cupping"), "Ask us first.", live_at=timezone.now())
    assert asked(clinic, owner)[UpdateKind.NEW, "Cupping"].note == "Ask us first."


def test_all_notes_take_one_query(library, clinic, owner):
    many(library, clinic, range(3))
    for title in ("Cupping", "Massage"):
        released(library_treatment(library, title=title), title)
    gone = follower_of(library_treatment(library, section("Gone"), title="Gone"), clinic)
    retired(gone.library_page, replaced_by=library_treatment(library, section("New"), title="Newer"))
    with CaptureQueriesContext(connection) as captured:
        assert len({one.page.pk for one in questions(clinic, owner)}) == 7
    table = f'FROM "{Release._meta.db_table}"'
    # A retired page is asked for its own pilots and retirements elsewhere; only the notes are of both states.
    both = [one["sql"] for one in captured if table in one["sql"] and "'live'" in one["sql"]]
    assert ["'retired'" in sql for sql in both] == [True]


def test_what_takes_the_place_of_a_retired_page_is_added_from_its_row(
    treatment, follower, library, clinic, owner, admin_client_of
):
    newer = library_treatment(library, section("New"), title="Needling today")
    say(clinic, owner, Answer.DECLINE, asked(clinic, owner)[UpdateKind.NEW, "Needling today"])
    retired(treatment, replaced_by=newer)
    browser = admin_client_of(owner)
    (row,) = browser.get(ADDRESS).context["rows"]
    assert "“Needling today” takes its place" in row["question"].what
    press = {label: value for value, label in row["buttons"]}
    post(browser, clinic, one=press["Add and publish “Needling today”"])
    own = ModalityPage.objects.of_site(clinic.site).get(library_page=newer)
    assert own.live
    (row,) = browser.get(ADDRESS).context["rows"]
    assert "your site has it already: “Needling today”" in row["question"].what
    assert [label for _, label in row["buttons"]] == ["Keep it", "Let it go"]
    assert (f"Open your “{own.title}”", f"/admin/pages/{own.pk}/edit/") in row["links"]


def test_a_like_page_of_the_clinics_own_can_follow_what_takes_the_place(
    treatment, follower, library, clinic, owner, admin_client_of
):
    alone = ModalityPageFactory(parent=follower.get_parent(), title="Needling today")
    newer = library_treatment(library, section("New"), title="Needling today")
    retired(treatment, replaced_by=newer)
    browser = admin_client_of(owner)
    (row,) = browser.get(ADDRESS, {"kind": "page_retired"}).context["rows"]
    (follow,) = [address for _, address in row["links"] if "/follow/" in address]
    assert follow.startswith(f"/admin/clinicsite/library/pages/{alone.pk}/follow/?library={newer.pk}&")
    assert browser.get(follow).status_code == 200


def test_a_retired_page_that_is_kept_can_follow_what_takes_its_place(
    treatment, follower, library, clinic, owner, admin_client_of
):
    newer = library_treatment(library, section("New"), title="Needling today")
    retired(treatment, replaced_by=newer)
    say(clinic, owner, Answer.KEEP_RETIRED, asked(clinic, owner)[UpdateKind.PAGE_RETIRED, "Dry needling"])
    address = f"/admin/clinicsite/library/pages/{follower.pk}/follow/"
    shown = admin_client_of(owner).get(address, {"library": newer.pk})
    assert (shown.status_code, shown.context["library_page"].pk) == (200, newer.pk)


def test_a_replacement_that_is_retired_too_is_not_named(treatment, follower, library, clinic, owner):
    newer = library_treatment(library, section("New"), title="Needling today")
    retired(treatment, replaced_by=newer)
    retire(newer)
    question = asked(clinic, owner)[UpdateKind.PAGE_RETIRED, "Dry needling"]
    assert question.replacement is None
    assert "takes its place" not in question.what


def test_one_clinics_replacement_is_still_offered_to_another(
    treatment, follower, library, clinic, owner, other_clinic, other_owner
):
    newer = library_treatment(library, section("New"), title="Needling today")
    follower_of(treatment, other_clinic)
    follower_of(newer, clinic)
    retired(treatment, replaced_by=newer)
    assert asked(clinic, owner)[UpdateKind.PAGE_RETIRED, "Dry needling"].replacement.own
    other = asked(other_clinic, other_owner)[UpdateKind.PAGE_RETIRED, "Dry needling"].replacement
    assert (other.own, other.page.pk) == (None, newer.pk)


@pytest.mark.parametrize("answer", [Answer.KEEP_RETIRED, Answer.DROP_RETIRED])
def test_what_is_retired_is_answered_in_bulk(answer, changed, library, clinic, owner, admin_client_of):
    gone = follower_of(library_treatment(library, section("Gone"), title="Gone"), clinic)
    retire(gone.library_page)
    browser = admin_client_of(owner)
    found = asked(clinic, owner)
    ticked = [found[UpdateKind.RETIRED, OVERVIEW["id"]].key, found[UpdateKind.PAGE_RETIRED, "Gone"].key]
    assert answer in dict(browser.get(ADDRESS).context["bulk_answers"])
    post(browser, clinic, several=answer, row=ticked)
    assert {kind for kind, _ in asked(clinic, owner)} == {UpdateKind.CHANGED}
    is_kept = answer is Answer.KEEP_RETIRED
    assert ("What is it?" in headings(changed)) is is_kept
    assert (fresh(gone).live, fresh(gone).library_page is None) == (is_kept, is_kept)
