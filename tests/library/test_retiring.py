"""A library page leaves the library; the history of what was released; followers keep their place."""

import pytest
from django.test import Client
from django.utils import timezone
from wagtail.models import Page

from clinicsite.clinics.roles import RELEASE_MANAGERS, ensure_agency_groups
from clinicsite.library.models import Release
from clinicsite.library.releasing.releases import ReleaseError, retire, undo_release
from tests.factories import (
    ConditionPageFactory,
    LibraryFolderPageFactory,
    ModalityPageFactory,
    UserFactory,
)
from tests.library.pages import (
    fresh,
    headings,
    library_treatment,
    words_on,
)
from tests.library.releasing import draft, pilot, release

OLD = "A thin needle in a tight muscle."
NEW = "A needle as thin as a hair."
ADDRESS = "/treatments/dry-needling/"


@pytest.fixture
def manager(library, clinic):
    groups = ensure_agency_groups(library, [], clinic.collection)
    return UserFactory(username="release-manager", groups=[groups[RELEASE_MANAGERS]])


@pytest.fixture
def browser(manager, admin_client_of):
    return admin_client_of(manager)


def screen(page):
    return f"/admin/clinicsite/library/pages/{page.pk}/retire/"


def history(page=None):
    return "/admin/clinicsite/library/releases/" + (f"?page={page.pk}" if page else "")


def test_a_retired_page_stays_with_its_followers(treatment, follower, clinic, manager):
    made = retire(treatment.pk, manager, note="Nobody needs it.")
    assert not fresh(treatment).live
    assert (made.state, made.note, made.released_by) == (
        Release.State.RETIRED,
        "Nobody needs it.",
        manager,
    )
    response = Client(HTTP_HOST=clinic.host).get(ADDRESS)
    assert response.status_code == 200
    assert OLD in response.text


def test_drafts_of_a_retired_page_reach_no_patient(treatment, follower, clinic, manager):
    retire(treatment.pk, manager)
    page = fresh(treatment)
    # The editor writes drafts of a page that is not live into the page itself.
    page.sections = []
    page.save()
    assert OLD in words_on(follower, clinic)
    assert headings(follower) == ["What is it?", "Afterwards", "Risks", "Cost"]


def test_no_clinic_begins_to_follow_a_retired_page(treatment, follower, manager):
    retire(treatment.pk, manager)
    page = ModalityPageFactory(parent=follower.get_parent(), title="Late", sections=[])
    page.library_page = fresh(treatment)
    with pytest.raises(Exception, match="is not published in the library yet"):
        page.full_clean()


def test_a_page_that_replaces_it_is_named(treatment, library, manager):
    other = library_treatment(library, title="Dry needling today")
    assert retire(treatment.pk, manager, replaced_by=other).replaced_by_id == other.pk


def test_only_a_live_library_page_of_the_same_type_replaces_it(treatment, library, follower, manager):
    hidden = library_treatment(library, title="Hidden", live=False)
    condition = ConditionPageFactory(parent=library, title="Back pain")
    for other in (treatment, hidden, condition, follower):
        with pytest.raises(ReleaseError, match="Choose another live library page of the same type"):
            retire(treatment.pk, manager, replaced_by=other)
    assert fresh(treatment).live


def test_a_retired_page_comes_back_by_release(treatment, follower, clinic, manager):
    retire(treatment.pk, manager)
    draft(treatment, NEW)
    release(treatment, manager)
    assert fresh(treatment).live
    assert NEW in words_on(follower, clinic)


def test_undoing_what_brought_a_retired_page_back_says_so(treatment, manager):
    retire(treatment.pk, manager)
    draft(treatment, NEW)
    made = release(treatment, manager)
    with pytest.raises(ReleaseError) as refused:
        undo_release(made.pk, manager)
    assert str(refused.value) == (
        "This release brought the page back after it was retired, so no version was live before it. "
        "Retire the page instead."
    )


def test_a_page_that_is_not_live_is_not_retired(treatment, manager):
    retire(treatment.pk, manager)
    with pytest.raises(ReleaseError, match="nothing to retire"):
        retire(treatment.pk, manager)


def test_retiring_ends_a_pilot(treatment, follower, clinic, manager):
    draft(treatment, NEW)
    made = pilot(treatment, manager, clinic)
    retire(treatment.pk, manager)
    made.refresh_from_db()
    assert (made.state, made.ended_by) == (Release.State.ENDED, manager)
    assert OLD in words_on(follower, clinic)


def test_wagtails_own_unpublishing_is_history_too(treatment, follower, clinic, manager, browser):
    assert browser.post(f"/admin/pages/{treatment.pk}/unpublish/").status_code == 302
    row = Release.objects.get(page_id=treatment.pk)
    assert (row.state, row.released_by) == (Release.State.RETIRED, manager)
    assert OLD in words_on(follower, clinic)


def test_whoever_has_locked_a_page_retires_it_and_nobody_else(treatment, manager, library_editor):
    lock = {"locked": True, "locked_at": timezone.now()}
    Page.objects.filter(pk=treatment.pk).update(locked_by=library_editor, **lock)
    with pytest.raises(ReleaseError, match="Somebody else has locked this page"):
        retire(treatment.pk, manager)
    assert fresh(treatment).live
    Page.objects.filter(pk=treatment.pk).update(locked_by=manager, **lock)
    retire(treatment.pk, manager)
    assert not fresh(treatment).live


# The screens


def test_a_page_is_retired_on_the_screen(treatment, follower, library, browser):
    other = library_treatment(library, title="Dry needling today")
    shown = browser.get(screen(treatment))
    assert shown.status_code == 200
    assert "1 clinic follows it now" in shown.text
    assert "Dry needling today" in shown.text
    response = browser.post(screen(treatment), {"note": "Old.", "replaced_by": other.pk})
    assert response.status_code == 302
    assert not fresh(treatment).live
    assert Release.objects.get(page_id=treatment.pk).replaced_by_id == other.pk


def test_a_clinics_page_cannot_be_named_as_its_replacement(treatment, follower, browser):
    response = browser.post(screen(treatment), {"replaced_by": follower.pk})
    assert response.status_code == 200
    assert fresh(treatment).live


def test_a_library_editor_retires_nothing(treatment, library_editor, admin_client_of):
    browser = admin_client_of(library_editor)
    for response in (browser.get(screen(treatment)), browser.post(screen(treatment), {})):
        assert response.status_code == 302
    assert fresh(treatment).live


@pytest.mark.parametrize("person", ["owner", "other_owner"])
def test_for_a_clinics_people_none_of_it_is_there(
    treatment, follower, manager, request, admin_client_of, person
):
    draft(treatment, NEW)
    made = release(treatment, manager)
    browser = admin_client_of(request.getfixturevalue(person))
    for address in (
        screen(treatment),
        screen(follower),
        history(),
        history(treatment),
        f"/admin/clinicsite/library/releases/{made.pk}/undo/",
    ):
        assert browser.get(address).status_code == 404
        assert browser.post(address).status_code in (404, 405)
    assert fresh(treatment).live
    assert NEW in str(fresh(treatment).sections.raw_data)


def test_the_history_tells_who_released_what_to_whom(treatment, follower, clinic, manager, browser, library):
    draft(treatment, NEW)
    pilot(treatment, manager, clinic, note="First the north.")
    other = library_treatment(library, title="Cupping")
    retire(other.pk, manager, note="Nobody needs it.")
    shown = browser.get(history())
    assert shown.status_code == 200
    for words in (
        "First the north.",
        "With pilot clinics",
        "North Clinic",
        "release-manager",
        "Page retired",
    ):
        assert words in shown.text
    only = browser.get(history(treatment)).text
    assert "First the north." in only
    assert "Nobody needs it." not in only


def test_the_history_leads_to_comparing_and_to_undoing(treatment, manager, browser):
    for words in (NEW, "A newer one."):
        draft(treatment, words)
        made = release(treatment, manager)
    shown = browser.get(history(treatment)).text
    compare = f"/admin/pages/{treatment.pk}/revisions/compare/{made.revision_before_id}...{made.revision_id}/"
    assert compare in shown
    assert browser.get(compare).status_code == 200
    assert f"/admin/clinicsite/library/releases/{made.pk}/undo/" in shown


def test_a_long_history_is_shown_page_by_page(treatment, browser, django_assert_max_num_queries):
    Release.objects.bulk_create(
        Release(page=treatment, state=Release.State.LIVE, content={}, note=f"Note {number}.")
        for number in range(30)
    )
    with django_assert_max_num_queries(40):
        first = browser.get(history(treatment)).text
    assert "Note 29." in first
    assert "Note 3." not in first
    assert "Note 3." in browser.get(history(treatment) + "&p=2").text


def test_a_release_is_undone_on_the_screen(treatment, manager, browser):
    draft(treatment, NEW)
    made = release(treatment, manager)
    address = f"/admin/clinicsite/library/releases/{made.pk}/undo/"
    assert "returns to the version before" in browser.get(address).text
    assert browser.post(address).status_code == 302
    assert OLD in str(fresh(treatment).sections.raw_data)
    assert "cannot be undone" in browser.get(address).text
    assert "Only a release that reached every clinic" in browser.post(address, follow=True).text


def test_a_library_editor_sees_the_history_and_undoes_nothing(
    treatment, manager, library_editor, admin_client_of
):
    draft(treatment, NEW)
    made = release(treatment, manager, note="Clearer.")
    browser = admin_client_of(library_editor)
    shown = browser.get(history(treatment)).text
    assert "Clearer." in shown
    assert "Undo…" not in shown
    assert browser.post(f"/admin/clinicsite/library/releases/{made.pk}/undo/").status_code == 302
    assert NEW in str(fresh(treatment).sections.raw_data)


# Followers keep their address


def test_followers_keep_their_address_when_the_library_moves_and_renames(
    treatment, follower, library, clinic
):
    folder = LibraryFolderPageFactory(parent=library, title="Needles")
    other = library_treatment(library, title="Cupping")
    page = fresh(treatment)
    page.title, page.slug = "Needling", "needling"
    page.save_revision().publish()
    fresh(treatment).move(folder, pos="last-child")
    Page.objects.get(pk=other.pk).move(folder, pos="first-child")
    response = Client(HTTP_HOST=clinic.host).get(ADDRESS)
    assert response.status_code == 200
    assert OLD in response.text
    assert fresh(follower).library_page_id == treatment.pk
