"""The screen “See what changed”, as a clinic's owner uses it."""

import re
from html import unescape

import pytest
from django.contrib.auth.models import Group, Permission
from django.urls import reverse as reverse_on_site
from wagtail.models import GroupPagePermission

from clinicsite.core.conf import conf
from clinicsite.library.answering import answers, held_pages
from clinicsite.library.answering.drafts import change_draft
from clinicsite.library.composition import State
from clinicsite.library.models import Release, SectionOverride
from tests.factories import UserFactory, section
from tests.library.bodies import text
from tests.library.pages import edit_library, follower_of, fresh, library_treatment, states, words_on
from tests.standing import standing

OVERVIEW = section("What is it?", key="overview", kind="overview", body=[text("A thin needle.", "It helps.")])
OTHER = section("Cost", "Ask us.", kind="cost")
OURS = [text("A thin needle.", "It helps. Our team is trained.")]


def overview(*paragraphs, **value):
    """The library's section with other words."""
    return section("What is it?", key="overview", kind="overview", body=[text(*paragraphs)], **value)


NEWER = overview("A very thin, sterile needle.", "It helps.")


@standing
def treatment(library):
    return library_treatment(library, OVERVIEW, OTHER)


@standing
def page(treatment, clinic):
    """A follower that has made the overview its own, published."""
    page = follower_of(treatment, clinic)
    own(page)
    return page


def own(page, heading="What is it?", body=OURS):
    """Make the overview the clinic's, with these words, and publish it."""
    draft = fresh(page)
    record = answers.make_own(draft, OVERVIEW["id"], reason="Our team")
    record.heading, record.body = heading, body
    draft.save_revision().publish()


def reverse(name, args=()):
    """An address of the admin, which is on the agency's host."""
    return reverse_on_site(name, conf.admin_urlconf, args)


def address(page, section_id=OVERVIEW["id"]):
    return reverse("clinicsite_library:compare", args=[page.pk, section_id])


def shown(response):
    """The screen's words, without markup."""
    assert response.status_code == 200
    html = response.content.decode()
    html = re.sub(r"<script.*?</script>|data-w-block\S*=\"[^\"]*\"", "", html, flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]*>", "", html)).split())


def stamps(response):
    """The hidden fields that say what was seen."""
    names = ("mode", "seen", "own")
    html = response.content.decode()
    return {name: re.search(rf'name="{name}" value="([^"]*)"', html).group(1) for name in names}


def proposed(response):
    """The form as the browser would send it, unedited, with JavaScript."""
    body = response.context["form"].initial["body"]
    data = {"merge-heading": response.context["form"].initial["heading"], "merge-body-count": str(len(body))}
    for index, child in enumerate(body.raw_data):
        prefix = f"merge-body-{index}"
        data |= {f"{prefix}-{key}": child[key] for key in ("id", "type")}
        data |= {f"{prefix}-order": str(index), f"{prefix}-deleted": ""}
        data[f"{prefix}-value"] = _for_draftail(child["value"])
    return stamps(response) | data


def _for_draftail(html):
    from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter

    return ContentstateConverter(features=["bold", "link"]).from_database_format(html)


def without_javascript(response):
    return stamps(response) | {"merge-heading": response.context["form"].initial["heading"]}


@pytest.fixture
def browser(admin_client_of, owner):
    return admin_client_of(owner)


def test_the_summary_says_who_changed_what_and_that_the_merge_is_ready(page, treatment, browser):
    edit_library(treatment, NEWER, OTHER)
    said = shown(browser.get(address(page)))
    assert (
        "The library changed 1 paragraph. You changed 1 paragraph. Nothing overlaps: the merge is ready."
        in said
    )


def test_changes_are_marked_in_words_for_those_who_see_no_colours(page, treatment, browser):
    edit_library(treatment, NEWER, OTHER)
    html = browser.get(address(page)).content.decode()
    assert '<ins class="compare__run"><span class="w-sr-only">added: </span>' in html
    assert "added: very end of added" in shown(browser.get(address(page))).replace("  ", " ")


def test_a_library_that_has_changed_nothing_is_said_to_have_changed_nothing(page, browser):
    response = browser.get(address(page))
    assert "The library has not changed this section since you took it." in shown(response)
    assert not response.context["others"]


def test_a_merge_is_published_at_once_and_has_the_words_of_both(page, treatment, browser, clinic):
    edit_library(treatment, NEWER, OTHER)
    response = browser.post(
        address(page), proposed(browser.get(address(page))) | {"answer": "merge-live"}, follow=True
    )
    assert "Patients read it now." in shown(response)
    assert "A very thin, sterile needle. It helps. Our team is trained." in words_on(page, clinic)
    assert states(page)[OVERVIEW["id"]] is State.YOURS


def test_a_merge_saved_to_the_draft_leaves_what_patients_read(page, treatment, browser, clinic):
    edit_library(treatment, NEWER, OTHER)
    browser.post(address(page), proposed(browser.get(address(page))) | {"answer": "merge"})
    assert "sterile" not in words_on(page, clinic)
    draft = fresh(page).get_latest_revision_as_object()
    assert "sterile" in answers.record_of(draft, OVERVIEW["id"]).body.raw_data[0]["value"]


def test_without_javascript_the_merge_is_saved_as_proposed(page, treatment, browser, clinic):
    edit_library(treatment, NEWER, OTHER)
    data = without_javascript(browser.get(address(page)))
    browser.post(address(page), data | {"answer": "merge-live"})
    assert "A very thin, sterile needle. It helps. Our team is trained." in words_on(page, clinic)


def test_the_proposal_can_be_edited_before_it_is_saved(page, treatment, browser, clinic):
    edit_library(treatment, NEWER, OTHER)
    data = proposed(browser.get(address(page)))
    data |= {"merge-heading": "Our needles", "merge-body-0-value": _for_draftail("<p>Written anew.</p>")}
    browser.post(address(page), data | {"answer": "merge-live"})
    assert "Our needles\nWritten anew." in words_on(page, clinic)


def test_an_unknown_token_in_a_merge_is_refused_where_it_was_typed(page, treatment, browser):
    edit_library(treatment, NEWER, OTHER)
    data = proposed(browser.get(address(page))) | {"merge-heading": "At {klinik}", "answer": "merge-live"}
    response = browser.post(address(page), data)
    assert "{klinik}" in shown(response)
    assert "Nothing was saved." in shown(response)
    assert states(page)[OVERVIEW["id"]] is State.YOURS_CHANGED


def test_a_conflict_is_saved_only_once_it_is_ticked_as_decided(page, treatment, browser, clinic):
    edit_library(treatment, overview("A thin needle.", "It helps many people."), OTHER)
    response = browser.get(address(page))
    assert "1 place needs your decision." in shown(response)
    data = proposed(response) | {"answer": "merge-live"}
    refused = browser.post(address(page), data)
    assert "1 place is still to be decided" in shown(refused)
    assert "many people" not in words_on(page, clinic)
    conflict, _ = response.context["conflicts"][0]
    browser.post(address(page), data | {"decided": conflict.id})
    assert "It helps many people. It helps. Our team is trained." in words_on(page, clinic)


def test_keeping_mine_keeps_the_words_and_stops_the_question(page, treatment, browser, clinic):
    edit_library(treatment, NEWER, OTHER)
    before = words_on(page, clinic)
    browser.post(address(page), stamps(browser.get(address(page))) | {"answer": "keep-live"})
    assert words_on(page, clinic) == before
    assert states(page)[OVERVIEW["id"]] is State.YOURS


def test_taking_the_librarys_keeps_my_words_on_record(page, treatment, browser, clinic):
    edit_library(treatment, NEWER, OTHER)
    browser.post(address(page), stamps(browser.get(address(page))) | {"answer": "library-live"})
    assert "A very thin, sterile needle. It helps." in words_on(page, clinic)
    assert "trained" not in words_on(page, clinic)
    assert "trained" in SectionOverride.objects.get(page=page).body.raw_data[0]["value"]


def test_hiding_leaves_the_section_out(page, treatment, browser, clinic):
    edit_library(treatment, NEWER, OTHER)
    browser.post(address(page), stamps(browser.get(address(page))) | {"answer": "hide-live"})
    assert states(page)[OVERVIEW["id"]] is State.HIDDEN


def test_hiding_is_not_offered_where_the_library_forbids_it(page, treatment, browser):
    adapt = overview("New.", lock="adapt", lock_reason="Everybody needs an overview.")
    edit_library(treatment, adapt, OTHER)
    response = browser.get(address(page))
    assert "hide" not in dict(response.context["others"])
    assert "Everybody needs an overview." in shown(response)
    refused = browser.post(address(page), stamps(response) | {"answer": "hide-live"})
    assert "This answer cannot be given here." in shown(refused)
    assert states(page)[OVERVIEW["id"]] is State.YOURS_CHANGED


@pytest.mark.parametrize("answer", ["merge-live", "keep-live", "library", "hide"])
def test_a_library_that_changed_again_meanwhile_refuses_every_answer(page, treatment, browser, answer):
    edit_library(treatment, NEWER, OTHER)
    data = proposed(browser.get(address(page))) | {"merge-heading": "What I typed", "answer": answer}
    revisions = fresh(page).revisions.count()
    edit_library(treatment, overview("Newest of all.", "It helps."), OTHER)
    response = browser.post(address(page), data)
    said = shown(response)
    assert answers.CHANGED_MEANWHILE in said
    assert "Newest of all." in said
    assert fresh(page).revisions.count() == revisions
    assert stamps(response)["seen"] != data["seen"]
    if answer == "merge-live":
        assert response.context["form"]["heading"].value() == "What I typed"


def test_the_screen_that_came_back_can_be_answered(page, treatment, browser, clinic):
    edit_library(treatment, NEWER, OTHER)
    data = proposed(browser.get(address(page))) | {"merge-heading": "What I typed", "answer": "merge-live"}
    edit_library(treatment, overview("Newest of all.", "It helps."), OTHER)
    again = stamps(browser.post(address(page), data))
    browser.post(address(page), data | again)
    assert "What I typed" in words_on(page, clinic)


def test_my_own_words_changed_in_another_window_are_not_written_over(page, treatment, browser, clinic):
    edit_library(treatment, NEWER, OTHER)
    data = proposed(browser.get(address(page))) | {"answer": "merge-live"}
    own(page, body=[text("A colleague's words.")])
    response = browser.post(address(page), data)
    assert "Your clinic’s own text was changed in another window" in shown(response)
    assert "A colleague's words." in words_on(page, clinic)


def test_a_second_answer_to_the_same_question_is_told_apart(page, treatment, browser):
    edit_library(treatment, NEWER, OTHER)
    data = stamps(browser.get(address(page))) | {"answer": "keep-live"}
    browser.post(address(page), data)
    assert "answered in another window" in shown(browser.post(address(page), data))


def test_a_section_locked_meanwhile_is_refused_with_what_was_typed(page, treatment, browser):
    edit_library(treatment, NEWER, OTHER)
    data = proposed(browser.get(address(page))) | {"merge-heading": "What I typed", "answer": "merge-live"}
    edit_library(treatment, overview("New.", lock="locked", lock_reason="Now about safety."), OTHER)
    said = shown(browser.post(address(page), data))
    assert "The library has locked this section" in said
    assert "Now about safety." in said
    assert "What I typed" in said
    assert "Our team is trained." in SectionOverride.objects.get(page=page).body.raw_data[0]["value"]


def test_a_section_retired_meanwhile_is_refused_with_a_way_back(page, treatment, browser):
    edit_library(treatment, NEWER, OTHER)
    data = stamps(browser.get(address(page))) | {"answer": "keep-live"}
    edit_library(treatment, OTHER)
    response = browser.post(address(page), data)
    assert "The library has retired this section" in shown(response)
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in response.content.decode()


def test_an_override_gone_meanwhile_is_refused_with_a_way_back(page, treatment, browser, owner):
    edit_library(treatment, NEWER, OTHER)
    data = stamps(browser.get(address(page))) | {"answer": "keep-live"}
    draft = fresh(page)
    draft.clinicsite_section_overrides.set([])
    draft.save_revision().publish()
    assert "There is nothing of yours to compare." in shown(browser.post(address(page), data))


def test_a_section_returned_meanwhile_is_not_answered_as_if_it_were_mine(page, treatment, browser, owner):
    edit_library(treatment, NEWER, OTHER)
    data = stamps(browser.get(address(page))) | {"answer": "keep-live"}
    change_draft(
        page.pk, owner, lambda draft: answers.return_to_library(draft, OVERVIEW["id"]), message="returned"
    )
    assert "answered in another window" in shown(browser.post(address(page), data))


def test_words_given_back_to_the_library_can_return_merged(page, treatment, browser, owner, clinic):
    change_draft(
        page.pk,
        owner,
        lambda draft: answers.return_to_library(draft, OVERVIEW["id"]),
        message="returned",
        publish=True,
    )
    edit_library(treatment, NEWER, OTHER)
    browser.post(address(page), proposed(browser.get(address(page))) | {"answer": "merge-live"})
    assert "A very thin, sterile needle. It helps. Our team is trained." in words_on(page, clinic)


def test_a_hidden_section_is_kept_hidden_or_shown(page, treatment, browser, owner, clinic):
    change_draft(
        page.pk, owner, lambda draft: answers.hide(draft, OVERVIEW["id"]), message="hid", publish=True
    )
    edit_library(treatment, NEWER, OTHER)
    response = browser.get(address(page))
    assert dict(response.context["others"]).keys() == {"keep-hidden", "show"}
    browser.post(address(page), stamps(response) | {"answer": "keep-hidden-live"})
    assert states(page)[OVERVIEW["id"]] is State.HIDDEN
    edit_library(treatment, overview("Newest."), OTHER)
    browser.post(address(page), stamps(browser.get(address(page))) | {"answer": "show-live"})
    assert "Newest." in words_on(page, clinic)


@pytest.fixture
def held(treatment, clinic):
    """A follower that holds what the library said at first."""
    page = follower_of(treatment, clinic)
    draft = fresh(page)
    held_pages.hold(draft)
    draft.save_revision().publish()
    return page


def test_what_waits_on_a_held_page_is_compared_and_approved(held, treatment, browser, clinic):
    edit_library(treatment, NEWER, section("Cost", "It is free.", kind="cost"))
    response = browser.get(address(held))
    assert "The library changed 1 paragraph." in shown(response)
    assert "sterile" not in words_on(held, clinic)
    browser.post(address(held), stamps(response) | {"answer": "approve-live"})
    assert "sterile" in words_on(held, clinic)
    assert "It is free." not in words_on(held, clinic)


def test_an_approval_of_an_older_text_is_refused(held, treatment, browser, clinic):
    edit_library(treatment, NEWER, OTHER)
    data = stamps(browser.get(address(held))) | {"answer": "approve-live"}
    edit_library(treatment, overview("Newest."), OTHER)
    assert answers.CHANGED_MEANWHILE in shown(browser.post(address(held), data))
    assert "Newest." not in words_on(held, clinic)


def test_new_and_dropped_sections_of_a_held_page_are_approved(held, treatment, browser, clinic):
    new = section("Brand new", "Words of a new section.")
    edit_library(treatment, OVERVIEW, new)
    for section_id in (new["id"], OTHER["id"]):
        response = browser.get(address(held, section_id))
        browser.post(address(held, section_id), stamps(response) | {"answer": "approve-live"})
    assert "Words of a new section." in words_on(held, clinic)
    assert "Ask us." not in words_on(held, clinic)


def test_a_draft_with_other_changes_is_not_published_along(page, treatment, browser, clinic):
    edit_library(treatment, NEWER, OTHER)
    draft = fresh(page)
    draft.title = "Not yet for patients"
    draft.save_revision()
    response = browser.get(address(page))
    assert "This page has other changes that patients do not see yet" in shown(response)
    browser.post(address(page), proposed(response) | {"answer": "merge-live"})
    assert "sterile" not in words_on(page, clinic)
    assert fresh(page).title != "Not yet for patients"


@pytest.fixture
def writer(clinic):
    """Somebody who may edit the clinic's pages but not publish them."""
    group = Group.objects.create(name="Writers")
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    change = Permission.objects.get(codename="change_page")
    GroupPagePermission.objects.create(group=group, page=clinic.home, permission=change)
    return UserFactory(username="writer", groups=[group])


def test_somebody_who_may_not_publish_is_told_who_can(page, treatment, admin_client_of, writer, clinic):
    edit_library(treatment, NEWER, OTHER)
    browser = admin_client_of(writer)
    response = browser.get(address(page))
    assert "Somebody who may publish this page has to publish it" in shown(response)
    assert "Save and publish" not in shown(response)
    browser.post(address(page), proposed(response) | {"answer": "merge-live"})
    assert "sterile" not in words_on(page, clinic)


def test_the_answer_leads_back_to_where_the_person_came_from(page, treatment, browser):
    edit_library(treatment, NEWER, OTHER)
    back = reverse("wagtailadmin_home")
    response = browser.get(address(page), {"next": back})
    data = stamps(response) | {"answer": "keep", "next": back}
    assert browser.post(address(page), data).url == back
    elsewhere = browser.post(address(page), data | {"next": "https://evil.example/"})
    assert b"evil.example" not in elsewhere.content


def test_another_clinics_owner_gets_what_a_missing_page_gives(page, treatment, admin_client_of, other_owner):
    edit_library(treatment, NEWER, OTHER)
    browser = admin_client_of(other_owner)
    missing = reverse("clinicsite_library:compare", args=[page.pk + 10_000, OVERVIEW["id"]])
    for method in (browser.get, browser.post):
        assert method(address(page)).status_code == method(missing).status_code == 404
    data = {"answer": "library-live", "mode": "yours", "seen": "", "own": ""}
    assert browser.post(address(page), data).status_code == 404
    assert states(page)[OVERVIEW["id"]] is State.YOURS_CHANGED


@pytest.mark.parametrize("section_id", ["no-such-section", OTHER["id"]])
def test_a_section_with_nothing_to_compare_says_so(page, browser, section_id):
    response = browser.get(address(page, section_id))
    assert 'role="alert"' in response.content.decode()


def test_the_screen_asks_as_many_questions_for_many_blocks_as_for_few(
    page, treatment, browser, django_assert_max_num_queries
):
    edit_library(treatment, overview(*(f"Paragraph {number} of many." for number in range(40))), OTHER)
    browser.get(address(page))
    with django_assert_max_num_queries(45):
        browser.get(address(page))


def test_the_note_of_the_newest_release_is_shown_as_plain_text(page, treatment, browser):
    edit_library(treatment, NEWER, OTHER)
    assert "The library’s note" not in shown(browser.get(address(page)))
    Release.objects.filter(page_id=treatment.pk).delete()
    note = "Now <b>sterile</b>. " + "x" * 400
    Release.objects.create(page=treatment, state=Release.State.LIVE, content={}, note=note)
    html = browser.get(address(page)).content.decode()
    assert "The library’s note: Now &lt;b&gt;sterile&lt;/b&gt;. xxx" in html
    assert "x" * 300 not in html
