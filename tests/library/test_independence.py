"""Leaving the library with all a page shows, coming back to it, and following it for the first time."""

from datetime import date

import pytest
from django.contrib.messages import get_messages

from clinicsite.library.answering import answers, held_pages
from clinicsite.library.answering.drafts import AnswerError, change_draft
from clinicsite.library.composition import Action, State
from clinicsite.library.joining import independence
from clinicsite.library.joining.matching import Fate
from tests.factories import (
    BlogPageFactory,
    ConditionIndexPageFactory,
    ConditionPageFactory,
    ImageFactory,
    ModalityIndexPageFactory,
    ModalityPageFactory,
    section,
)
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

EXTRA = section("Parking", "Behind the house.", anchor=AFTERCARE["id"], anchor_position="after")
NEW_AFTERCARE = section("Afterwards", "Move, and drink water.", kind="aftercare")


@standing
def treatment(library):
    return library_treatment(library, summary="For {clinic}.", alternate_names="IMS")


@standing
def follower(treatment, clinic):
    """A follower with its own aftercare, a hidden section and an addition."""
    page = follower_of(treatment, clinic, sections=[EXTRA])
    take_over(page, AFTERCARE, "How we look after you", "Call us any time.")
    take_over(page, COST, action="hide")
    return page


def change(page, user, what, *arguments, **options):
    change_draft(
        page.pk, user, lambda draft: what(draft, *arguments, **options), message="Test", publish=True
    )
    return fresh(page)


def leave(page, user):
    return change(page, user, independence.leave)


def follow(page, user, library_page, **choices):
    return change(page, user, independence.follow, library_page, **choices)


def whole(page):
    """All that a composed page is to its editor: ids, states and words, in order."""
    return [(one.id, one.state, one.heading, one.body) for one in fresh(page).compose()]


def alone(treatment, clinic, *sections, **fields):
    """A page of the clinic that follows nothing."""
    parent = ModalityIndexPageFactory(parent=clinic.home)
    values = {"title": "Needling with us", "sections": list(sections)}
    return ModalityPageFactory(parent=parent, **(values | fields))


def test_patients_read_the_same_on_the_day_a_page_becomes_independent(follower, owner, clinic):
    before, words = headings(follower), words_on(follower, clinic)
    page = leave(follower, owner)
    assert page.library_page is None
    assert headings(page) == before == ["What is it?", "How we look after you", "Parking", "Risks"]
    assert words_on(page, clinic) == words


def test_section_ids_stay_and_tokens_stay_tokens(library, clinic, owner):
    treatment = library_treatment(library, section("Call", "Call {clinic}.", key="call"))
    page = leave(follower_of(treatment, clinic), owner)
    (child,) = page.sections.raw_data
    assert child["id"] == section("Call", key="call")["id"]
    assert "{clinic}" in child["value"]["body"][0]["value"]
    assert "Call North Clinic." in words_on(page, clinic)


def test_an_independent_page_gets_no_updates(follower, owner, treatment, clinic):
    page = leave(follower, owner)
    edit_library(treatment, section("New", "New words."))
    assert "New" not in headings(page)
    assert "A thin needle in a tight muscle." in words_on(page, clinic)


def test_overrides_stay_on_record(follower, owner):
    page = leave(follower, owner)
    assert (
        page.clinicsite_section_overrides.get(section_id=AFTERCARE["id"]).heading == "How we look after you"
    )


def test_inherited_values_are_copied_and_own_ones_stay(library, clinic, owner):
    picture = ImageFactory()
    treatment = library_treatment(library, summary="Theirs", hero_image=picture, alternate_names="IMS")
    page = leave(follower_of(treatment, clinic, alternate_names=""), owner)
    assert (page.summary, page.hero_image, page.alternate_names) == ("Theirs", picture, "")


def test_the_clinics_own_conditions_stand_for_the_librarys(library, clinic, owner):
    shared = ConditionPageFactory(parent=library)
    own = ConditionPageFactory(
        parent=ConditionIndexPageFactory(parent=clinic.home), library_page=shared, sections=[]
    )
    page = follower_of(library_treatment(library, conditions=[shared]), clinic)
    assert list(leave(page, owner).conditions.all()) == [own]


def test_another_clinics_conditions_are_never_copied(library, clinic, other_clinic, owner):
    shared = ConditionPageFactory(parent=library)
    index = ConditionIndexPageFactory(parent=other_clinic.home)
    ConditionPageFactory(parent=index, library_page=shared, sections=[])
    page = follower_of(library_treatment(library, conditions=[shared]), clinic)
    assert list(leave(page, owner).conditions.all()) == []


def test_no_review_is_claimed_that_was_not_made(library, clinic, owner):
    treatment = library_treatment(library, reviewed_on=date(2026, 3, 4))
    plain = follower_of(treatment, clinic)
    changed = follower_of(treatment, clinic, title="Ours", slug="ours")
    take_over(changed, AFTERCARE, "Ours", "Not reviewed.")
    assert leave(plain, owner).reviewed_on == date(2026, 3, 4)
    assert leave(changed, owner).reviewed_on is None


def test_a_page_that_stands_alone_cannot_leave(treatment, clinic):
    with pytest.raises(AnswerError, match="stands on its own already"):
        independence.leave(alone(treatment, clinic))


@pytest.mark.parametrize("moves_on", [False, True], ids=["quiet library", "library moved on"])
def test_leaving_and_following_again_brings_everything_back(follower, owner, treatment, moves_on):
    edit_library(treatment, OVERVIEW, NEW_AFTERCARE, RISKS, COST)
    before = whole(follower), follower.summary, follower.alternate_names
    page = leave(follower, owner)
    if moves_on:
        edit_library(
            treatment, section("Now", "New.", key="What is it?", kind="overview"), NEW_AFTERCARE, RISKS, COST
        )
        before = whole_of_one_that_stayed(treatment, follower), None, None
    page = follow(page, owner, treatment)
    assert (whole(page), page.summary, page.alternate_names) == before
    assert states(page)[AFTERCARE["id"]] is State.YOURS_CHANGED


def whole_of_one_that_stayed(treatment, follower):
    """What a page shows that has had the same answers and has never left."""
    twin = ModalityPageFactory(
        parent=follower.get_parent(), title="Twin", library_page=treatment, summary=None, sections=[EXTRA]
    )
    for record in follower.clinicsite_section_overrides.all():
        record.pk, record.page = None, twin
        record.save()
    found = whole(twin)
    twin.delete()
    return found


def test_a_held_page_comes_back_held(follower, owner, treatment):
    change(follower, owner, held_pages.hold)
    edit_library(
        treatment, section("Now", "New.", key="What is it?", kind="overview"), AFTERCARE, RISKS, COST
    )
    before = whole(follower)
    page = follow(leave(follower, owner), owner, treatment)
    assert page.is_held
    assert whole(page) == before


def test_a_retired_section_is_asked_about_again_after_coming_back(follower, owner, treatment):
    edit_library(treatment, AFTERCARE, RISKS, COST)
    before = whole(follower)
    assert states(follower)[OVERVIEW["id"]] is State.RETIRED
    page = leave(follower, owner)
    assert "What is it?" in headings(page)
    assert whole(follow(page, owner, treatment)) == before


def test_a_kept_retired_section_comes_back_kept(follower, owner, treatment):
    edit_library(treatment, AFTERCARE, RISKS, COST)
    change(follower, owner, answers.keep_retired, OVERVIEW["id"])
    before = whole(follower)
    assert whole(follow(leave(follower, owner), owner, treatment)) == before


def test_a_locked_section_the_library_has_taken_back_does_not_come_back(follower, owner, treatment):
    page = leave(follower, owner)
    edit_library(treatment, OVERVIEW, AFTERCARE, COST)
    assert "Risks" in headings(page)
    assert "Risks" not in headings(follow(page, owner, treatment))


def test_words_written_while_independent_become_the_clinics_version(follower, owner, treatment, clinic):
    page = leave(follower, owner)
    raw = [dict(child) for child in page.sections.raw_data]
    raw[0] = section("What is it?", "Our own explanation.", kind="overview")
    page.sections = [*raw, section("Our dog", "He greets you.")]
    page.save_revision().publish()
    page = follow(page, owner, treatment)
    assert states(page)[OVERVIEW["id"]] is State.YOURS
    assert "Our own explanation." in words_on(page, clinic)
    assert headings(page)[-1] == "Our dog"


def test_what_the_clinic_has_taken_out_while_independent_can_stay_out(follower, owner, treatment):
    page = leave(follower, owner)
    page.sections = [child for child in page.sections.raw_data if child["id"] != OVERVIEW["id"]]
    page.save_revision().publish()
    step = next(one for one in independence.plan_for(page, treatment) if one.id == OVERVIEW["id"])
    assert step.was_taken_out
    page = follow(page, owner, treatment, hidden={OVERVIEW["id"]})
    assert states(page)[OVERVIEW["id"]] is State.HIDDEN


def test_following_another_page_than_the_one_left_shows_none_of_the_old_versions(follower, owner, library):
    other = library_treatment(library, section("Cups", "Glass cups.", key="cups"), title="Cupping")
    page = follow(leave(follower, owner), owner, other)
    shown = {one.id: one.state for one in page.compose()}
    assert State.RETIRED not in shown.values()
    assert (
        page.clinicsite_section_overrides.get(section_id=AFTERCARE["id"]).heading == "How we look after you"
    )
    assert page.library_base["page"] == other.pk


def test_versions_for_the_page_that_was_left_have_no_effect_under_another(follower, owner, library):
    other = library_treatment(library, section("Cups", "Glass cups.", key="cups"), title="Cupping")
    page = follow(leave(follower, owner), owner, other)
    assert [(one.heading, one.state) for one in page.compose()] == [
        ("What is it?", State.ADDED),
        ("How we look after you", State.ADDED),
        ("Parking", State.ADDED),
        ("Risks", State.ADDED),
        ("Cups", State.LIBRARY),
    ]
    assert {record.action for record in page.clinicsite_section_overrides.all()} == {Action.RETURN.value}


def test_a_page_that_stood_alone_keeps_its_words_as_versions_and_additions(treatment, owner, clinic):
    page = alone(
        treatment,
        clinic,
        section("Welcome", "Hello.", key="welcome"),
        section("What is it?", "A thin needle in a tight muscle.", kind="overview", key="other id"),
        section("Afterwards", "Call us any time.", kind="aftercare", key="mine"),
        reviewed_on=date(2026, 2, 1),
    )
    page = follow(page, owner, treatment)
    found = [(one.heading, one.state) for one in page.compose()]
    assert found == [
        ("Welcome", State.ADDED),
        ("What is it?", State.LIBRARY),
        ("Afterwards", State.YOURS),
        ("Risks", State.LOCKED),
        ("Cost", State.LIBRARY),
    ]
    assert "Call us any time." in words_on(page, clinic)
    record = page.clinicsite_section_overrides.get()
    assert record.base["body"] == AFTERCARE["value"]["body"]
    assert (record.reason, record.reviewed_on) == (independence.REASON, date(2026, 2, 1))


def test_words_that_give_way_are_kept_on_record(treatment, owner, clinic):
    page = alone(
        treatment,
        clinic,
        section("Afterwards", "Call us any time.", kind="aftercare", key="mine"),
        section("Risks", "We see few bruises.", kind="risks", key="our risks"),
    )
    page = follow(page, owner, treatment, to_library={AFTERCARE["id"]})
    assert states(page)[AFTERCARE["id"]] is State.LIBRARY
    assert states(page)[RISKS["id"]] is State.LOCKED
    kept = {one.section_id: one.body.raw_data[0]["value"] for one in page.clinicsite_section_overrides.all()}
    assert kept == {AFTERCARE["id"]: "<p>Call us any time.</p>", RISKS["id"]: "<p>We see few bruises.</p>"}
    assert {one.action for one in page.clinicsite_section_overrides.all()} == {"return"}
    page = change(page, owner, answers.bring_back_own, AFTERCARE["id"])
    assert "Call us any time." in words_on(page, clinic)


def test_a_section_that_would_come_can_be_left_out(treatment, owner, clinic):
    page = follow(alone(treatment, clinic), owner, treatment, hidden={COST["id"], RISKS["id"]})
    assert states(page)[COST["id"]] is State.HIDDEN
    assert states(page)[RISKS["id"]] is State.LOCKED


def test_retired_sections_do_not_come_to_a_page_that_follows_later(treatment, owner, clinic):
    edit_library(treatment, AFTERCARE, RISKS, COST)
    page = follow(alone(treatment, clinic), owner, treatment)
    assert "What is it?" not in headings(page)


def test_another_type_is_refused(library, treatment, clinic):
    condition = ConditionPageFactory(parent=library, title="Sciatica")
    with pytest.raises(AnswerError, match="This page is a treatment, “Sciatica” is a condition"):
        independence.follow(alone(treatment, clinic), condition)


def test_a_library_page_cannot_follow(library, treatment):
    with pytest.raises(AnswerError, match="A library page cannot follow another page"):
        independence.follow(library_treatment(library, title="Cupping"), treatment)


def test_a_clinics_page_cannot_be_followed(treatment, clinic, other_clinic):
    theirs = alone(treatment, other_clinic)
    with pytest.raises(AnswerError, match="Choose a page of the library"):
        independence.follow(alone(treatment, clinic), theirs)


def test_an_unpublished_library_page_cannot_be_followed(library, treatment, clinic):
    with pytest.raises(AnswerError, match="is not published in the library now"):
        independence.follow(alone(treatment, clinic), library_treatment(library, title="Soon", live=False))


def test_a_follower_cannot_follow_a_second_page(follower, library):
    with pytest.raises(AnswerError, match="Make it independent first"):
        independence.follow(follower, library_treatment(library, title="Cupping"))


def test_a_post_can_leave_and_come_back(library, clinic, owner):
    post = BlogPageFactory(parent=library, title="Cold or heat?", picture_caption="A cold pack")
    page = follower_post(post, clinic)
    page = leave(page, owner)
    assert (page.picture_caption, headings(page)) == ("A cold pack", [""])
    page = follow(page, owner, post)
    assert (page.picture_caption, page.library_page_id) == (None, post.pk)


def follower_post(post, clinic):
    from tests.factories import BlogIndexPageFactory

    index = BlogIndexPageFactory(parent=clinic.home)
    return BlogPageFactory(parent=index, title=post.title, library_page=post, summary=None, sections=[])


def independent_url(page):
    return f"/admin/clinicsite/library/pages/{page.pk}/independent/"


def follow_url(page):
    return f"/admin/clinicsite/library/pages/{page.pk}/follow/"


def test_the_screen_says_what_leaving_means_and_does_it(follower, owner, admin_client_of):
    browser = admin_client_of(owner)
    shown = browser.get(independent_url(follower)).text
    assert "gets no more updates" in shown
    assert "“Cost”" in shown
    response = browser.post(independent_url(follower), {"how": "now", "next": "/admin/pages/"})
    assert response.url == "/admin/pages/"
    assert fresh(follower).library_page is None


def test_leaving_can_wait_in_the_draft(follower, owner, admin_client_of):
    admin_client_of(owner).post(independent_url(follower), {"how": "draft"})
    assert fresh(follower).is_follower
    assert not fresh(follower).get_latest_revision_as_object().is_follower


def test_the_way_back_leads_to_no_other_site(follower, owner, admin_client_of):
    response = admin_client_of(owner).post(independent_url(follower), {"next": "https://evil.example/"})
    assert response.url == f"/admin/pages/{follower.pk}/edit/"


def test_the_page_it_left_is_proposed_first(follower, owner, treatment, admin_client_of):
    leave(follower, owner)
    assert "it followed this before" in admin_client_of(owner).get(follow_url(follower)).text


def plan_on_screen(browser, page, treatment):
    response = browser.get(follow_url(page), {"library": treatment.pk})
    return {"library": treatment.pk, "seen": response.context["seen"], "how": "now"}, response.text


def test_the_plan_is_shown_before_anything_happens_and_can_be_adjusted(
    treatment, owner, clinic, admin_client_of
):
    page = alone(treatment, clinic, section("Afterwards", "Call us any time.", kind="aftercare", key="mine"))
    browser = admin_client_of(owner)
    form, shown = plan_on_screen(browser, page, treatment)
    assert "Yours says something different" in shown
    assert "Call us any time." in shown
    assert "Move gently." in shown
    assert not fresh(page).is_follower
    browser.post(follow_url(page), form | {"to_library": AFTERCARE["id"], "hidden": COST["id"]})
    assert states(page)[AFTERCARE["id"]] is State.LIBRARY
    assert states(page)[COST["id"]] is State.HIDDEN


def test_a_plan_that_is_out_of_date_is_not_carried_out(treatment, owner, clinic, admin_client_of):
    page = alone(treatment, clinic)
    browser = admin_client_of(owner)
    form, _ = plan_on_screen(browser, page, treatment)
    edit_library(treatment, NEW_AFTERCARE)
    shown = browser.post(follow_url(page), form).text
    assert "has changed since you opened this" in shown
    assert not fresh(page).is_follower


def test_a_page_of_another_type_is_refused_in_a_crafted_request(
    library, treatment, owner, clinic, admin_client_of
):
    page = alone(treatment, clinic)
    condition = ConditionPageFactory(parent=library, title="Sciatica")
    response = admin_client_of(owner).post(follow_url(page), {"library": condition.pk, "how": "now"})
    (message,) = [str(one) for one in get_messages(response.wsgi_request)]
    assert "Choose a treatment." in message
    assert not fresh(page).is_follower


@pytest.mark.parametrize("address", [independent_url, follow_url])
def test_another_clinics_page_is_as_if_it_were_not_there(
    address, follower, other_owner, library_editor, admin_client_of
):
    for stranger in (other_owner, library_editor):
        browser = admin_client_of(stranger)
        assert browser.get(address(follower)).status_code == 404
        assert browser.post(address(follower), {"how": "now"}).status_code == 404
    assert fresh(follower).is_follower


def test_nothing_proposes_one_fate_for_two(treatment, clinic):
    page = alone(treatment, clinic, AFTERCARE)
    fates = {step.id: step.fate for step in independence.plan_for(page, treatment)}
    assert fates == {
        OVERVIEW["id"]: Fate.APPEARS,
        AFTERCARE["id"]: Fate.FOLLOWS,
        RISKS["id"]: Fate.APPEARS,
        COST["id"]: Fate.APPEARS,
    }
