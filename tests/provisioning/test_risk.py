"""What changes claims or fees waits for the agency's eyes; hours and notices never do."""

from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import PageLogEntry

from clinicsite.clinics.models import ClinicSettings
from clinicsite.clinics.roles import ensure_agency_groups
from clinicsite.provisioning.models import WaitingPage
from clinicsite.provisioning.risk.finding import new_risks, risks_of
from tests.factories import LocationPageFactory, StandardPageFactory, UserFactory, section
from tests.library.pages import OVERVIEW, follower_of, library_treatment, take_over

pytestmark = pytest.mark.django_db
QUEUE = "/admin/clinicsite/waiting/"


@pytest.fixture(autouse=True)
def waits(settings):
    settings.CLINICSITE = settings.CLINICSITE | {"RISKY_CHANGES_WAIT": True, "SECOND_FACTOR": "nobody"}


@pytest.fixture
def administrator(clinic, library):
    groups = ensure_agency_groups(library, [clinic.home.get_parent()], clinic.collection)
    return UserFactory(username="administrator", groups=[groups["Agency administrators"]])


@pytest.fixture
def page(clinic):
    page = StandardPageFactory(parent=clinic.home, title="Visits", summary="A visit is $90.")
    page.save_revision().publish()
    return type(page).objects.get(pk=page.pk)


def form_of(browser, page, **changes):
    """What the editor of a page sends, with changes."""
    form = browser.get(f"/admin/pages/{page.pk}/edit/").context["form"]
    data = {
        "title": page.title,
        "slug": page.slug,
        "summary": page.summary,
        "sections-count": "0",
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
    }
    for name, formset in form.formsets.items():
        data |= {f"{formset.prefix}-TOTAL_FORMS": "0", f"{formset.prefix}-INITIAL_FORMS": "0"}
        assert name
    return data | changes


def publish(browser, page, **changes):
    data = form_of(browser, page, **changes) | {"action-publish": "1"}
    answer = browser.post(f"/admin/pages/{page.pk}/edit/", data, follow=True)
    page.refresh_from_db()
    return answer


def test_a_changed_fee_waits_and_goes_live_when_the_agency_says_so(
    page, editor, administrator, admin_client_of
):
    answer = publish(admin_client_of(editor), page, summary="A visit is $95.")
    assert "saved as a draft" in answer.text
    assert "the agency looks at it first" in answer.text
    assert (page.summary, page.has_unpublished_changes) == ("A visit is $90.", True)
    row = WaitingPage.objects.get()
    assert (row.page_id, row.asked_by, row.found) == (page.pk, editor, ["A visit is $95."])
    assert "Waits for the agency" in str(PageLogEntry.objects.filter(action="clinicsite.risk").get().message)
    WaitingPage.objects.update(asked_at=timezone.now() - timedelta(days=3, hours=1))
    # Pressed again it has waited just as long.
    publish(admin_client_of(editor), page, summary="A visit is $95.")
    agency = admin_client_of(administrator)
    assert QUEUE in agency.get("/admin/").text
    shown = agency.get(QUEUE).text
    for words in ("Visits", "North Clinic", "3\xa0days", "A visit is $95.", "What changed"):
        assert words in shown, words
    agency.post(f"{QUEUE}{row.pk}/publish/", {"seen": page.latest_revision_id})
    page.refresh_from_db()
    assert (page.summary, page.has_unpublished_changes) == ("A visit is $95.", False)
    assert not WaitingPage.objects.exists()


def test_what_is_neither_claim_nor_fee_goes_live_at_once(page, editor, admin_client_of):
    publish(admin_client_of(editor), page, title="Your visits")
    assert page.title == "Your visits"
    assert not WaitingPage.objects.exists()


def test_hours_and_notices_never_wait(clinic, owner, admin_client_of):
    place = LocationPageFactory(parent__parent=clinic.home, parking="Parking is $5 and proven safe.")
    assert new_risks(place, None) == []
    settings = ClinicSettings.objects.get(site=clinic.site)
    settings.announcement = "Closed; a fee of $5 is waived."
    settings.save()
    assert not WaitingPage.objects.exists()


def test_the_agency_itself_and_a_choice_not_made_wait_for_nobody(
    page, owner, administrator, admin_client_of, settings
):
    publish(admin_client_of(administrator), page, summary="A visit is $95.")
    assert page.summary == "A visit is $95."
    settings.CLINICSITE = settings.CLINICSITE | {"RISKY_CHANGES_WAIT": False}
    publish(admin_client_of(owner), page, summary="A visit is $99.")
    assert page.summary == "A visit is $99."
    assert not WaitingPage.objects.exists()


def test_an_author_s_page_waits_too_when_a_reviewer_approves_it(clinic, page, editor, admin_client_of):
    author = UserFactory(username="author", groups=[clinic.groups.author])
    page.summary = "It cures everything."
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    state = page.current_workflow_task_state
    browser = admin_client_of(editor)
    address = f"/admin/pages/workflow/action/{page.pk}/approve/{state.pk}/"
    browser.post(address, {"comment": ""})
    page.refresh_from_db()
    assert page.summary == "A visit is $90."
    assert WaitingPage.objects.get().found == ["It cures everything."]


def test_an_approval_in_the_editor_waits_too(clinic, page, editor, admin_client_of):
    author = UserFactory(username="author", groups=[clinic.groups.author])
    page.summary = "It cures everything."
    page.save_revision(user=author)
    page.get_workflow().start(page, author)
    browser = admin_client_of(editor)
    data = form_of(browser, page, summary="It cures everything.")
    data |= {"action-workflow-action": "1", "workflow-action-name": "approve"}
    answer = browser.post(f"/admin/pages/{page.pk}/edit/", data)
    assert answer.status_code == 302
    page.refresh_from_db()
    assert page.current_workflow_state.status == "in_progress"
    assert page.summary == "A visit is $90."
    assert WaitingPage.objects.get().found == ["It cures everything."]


def test_it_is_sent_back_with_a_note(
    page, editor, administrator, admin_client_of, mailoutbox, django_capture_on_commit_callbacks
):
    editor.email = "editor@north.example"
    editor.save()
    publish(admin_client_of(editor), page, summary="A visit is $95.")
    row = WaitingPage.objects.get()
    agency = admin_client_of(administrator)
    assert "Say what is wrong" in agency.post(f"{QUEUE}{row.pk}/back/", {"note": " "}, follow=True).text
    with django_capture_on_commit_callbacks(execute=True):
        agency.post(f"{QUEUE}{row.pk}/back/", {"note": "Tell us since when."})
    assert not WaitingPage.objects.exists()
    (letter,) = mailoutbox
    assert letter.to == ["editor@north.example"]
    assert "Tell us since when." in letter.body
    page.refresh_from_db()
    assert page.get_latest_revision_as_object().summary == "A visit is $95."


def test_what_was_changed_since_it_was_shown_does_not_go_live(page, editor, administrator, admin_client_of):
    publish(admin_client_of(editor), page, summary="A visit is $95.")
    row, seen = WaitingPage.objects.get(), page.latest_revision_id
    page.summary = "A visit is $9."
    page.save_revision()
    answer = admin_client_of(administrator).post(f"{QUEUE}{row.pk}/publish/", {"seen": seen}, follow=True)
    assert "was changed since you opened this screen" in answer.text
    page.refresh_from_db()
    assert page.summary == "A visit is $90."


def test_a_clinics_people_and_the_librarys_have_no_queue(page, owner, library_editor, admin_client_of):
    publish(admin_client_of(owner), page, summary="A visit is $95.")
    row = WaitingPage.objects.get()
    for person in (owner, library_editor):
        browser = admin_client_of(person)
        assert QUEUE not in browser.get("/admin/").text
        assert browser.get(QUEUE).status_code == 404
        assert browser.post(f"{QUEUE}{row.pk}/publish/", {"seen": page.latest_revision_id}).status_code == 404
    page.refresh_from_db()
    assert page.summary == "A visit is $90."


def test_words_of_the_library_are_no_news_and_own_ones_are(clinic, library):
    source = library_treatment(
        library, section("What is it?", "It is safe. It heals.", kind="overview"), OVERVIEW
    )
    page = follower_of(source, clinic)
    take_over(page, OVERVIEW, "Ours", "It is safe. It cures.")
    page = type(page).objects.get(pk=page.pk)
    assert new_risks(page, None) == ["It cures."]
    assert new_risks(page, page) == []


@pytest.mark.parametrize(
    ("words", "is_risky"),
    [
        ("A visit is $90.", True),
        ("A visit is 90 dollars.", True),
        ("We charge no fee.", True),
        ("It helps 8 out of 10 people.", True),
        ("Pain eased by 40 %.", True),
        ("Research says so.", True),
        ("We guarantee it.", True),
        ("Our clinic is on Mill Street, and we open at 8.", False),
        ("Please bring comfortable clothes.", False),
        ("A secure door; a steady hand.", False),
    ],
)
def test_which_sentences_speak_of_fees_or_claim_something(clinic, words, is_risky):
    page = StandardPageFactory(parent=clinic.home, title="Page", summary=f"Hello there. {words}")
    assert list(risks_of(page)) == ([words] if is_risky else [])
