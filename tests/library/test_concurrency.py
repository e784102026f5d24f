"""Library and clinics at the same moment: the outcome is that of one order or the other, never a mixture.

SQLite has one writer at a time and no row to wait for, so these run on PostgreSQL only.
"""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection, connections
from django.utils import timezone

from clinicsite.library.answering import answers
from clinicsite.library.answering.drafts import AnswerError, change_draft, load_draft
from clinicsite.library.composition import State
from clinicsite.library.equality import fingerprint
from clinicsite.library.joining.adding import add_page
from clinicsite.library.models.releases import Release
from clinicsite.library.releasing.releases import (
    ReleaseError,
    end_pilot,
    release_pilot_to_all,
    schedule_release,
    undo_release,
)
from clinicsite.library.sections import sections_from_raw
from clinicsite.modalities.models import ModalityPage
from clinicsite.settings import services
from tests.factories import ModalityIndexPageFactory, paragraph, section
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    follower_of,
    fresh,
    library_treatment,
    states,
)
from tests.library.releasing import WITHOUT_APPROVAL, draft, pilot, release

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time"),
]


@pytest.fixture(autouse=True)
def _tasks_after_the_transaction(settings):
    """As outside tests. Inside the transactions, two publishes would sometimes end in a deadlock."""
    settings.TASKS = services.tasks({"TASKS_BACKEND": "immediate"})


LATER = section("Later", "Move, and drink water.", key="Afterwards", kind="aftercare")
ROUNDS = 2


def at_once(*steps):
    """Take the steps at the same moment, each in a thread with a connection of its own."""
    start = Barrier(len(steps))

    def take(step):
        try:
            start.wait(timeout=20)
            return step()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(steps)) as pool:
        return [future.result(timeout=60) for future in [pool.submit(take, step) for step in steps]]


def library_draft(treatment, *sections, **fields):
    """A version of the library page that is ready to be published."""
    page = fresh(treatment)
    for name, value in {"sections": list(sections), **fields}.items():
        setattr(page, name, value)
    return page.save_revision()


def own_version(words):
    def write(page):
        answers.make_own(page, AFTERCARE["id"], reason="So.")
        answers.merge(page, AFTERCARE["id"], words, [paragraph(words)])

    return write


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_library_and_clinic_publish_at_once(treatment, follower, owner, round_):
    revision = library_draft(treatment, OVERVIEW, LATER, RISKS, COST)

    def clinic_publishes():
        make = own_version("Our aftercare")
        change_draft(follower.pk, owner, make, message="Ours", publish=True)

    at_once(revision.publish, clinic_publishes)
    shown = next(one for one in fresh(follower).compose() if one.id == AFTERCARE["id"])
    assert (shown.heading, shown.body[0]["value"]) == ("Our aftercare", "<p>Our aftercare</p>")
    assert shown.library.heading == "Later"
    base = fresh(follower).clinicsite_section_overrides.get().base
    before, after = ((one["value"]["heading"], one["value"]["body"]) for one in (AFTERCARE, LATER))
    taken = (base["heading"], base["body"])
    assert taken in (before, after)
    assert shown.state is (State.YOURS if taken == after else State.YOURS_CHANGED)


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_answers_to_two_sections_of_one_page_both_survive(follower, owner, editor, round_):
    at_once(
        lambda: change_draft(follower.pk, owner, own_version("Our aftercare"), message="Ours"),
        lambda: change_draft(follower.pk, editor, lambda page: answers.hide(page, COST["id"]), message="Hid"),
    )
    draft = load_draft(follower.pk, owner)
    assert [one.heading for one in draft.composed] == ["What is it?", "Our aftercare", "Risks"]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_answers_to_one_section_leave_one_of_them_and_both_can_be_found(follower, owner, editor, round_):
    at_once(
        lambda: change_draft(follower.pk, owner, own_version("First"), message="Ours", publish=True),
        lambda: change_draft(follower.pk, editor, own_version("Second"), message="Ours", publish=True),
    )
    written = [
        record.heading
        for revision in fresh(follower).revisions.order_by("pk")
        for record in revision.as_object().clinicsite_section_overrides.all()
    ]
    assert sorted(written) == ["First", "Second"]
    assert load_draft(follower.pk, owner).clinicsite_section_overrides.get().heading == written[-1]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_versions_of_a_library_page_published_at_once(treatment, follower, round_):
    longer = library_draft(treatment, OVERVIEW, AFTERCARE, RISKS, COST, section("New"), title="Longer")
    shorter = library_draft(treatment, LATER, RISKS, title="Shorter")
    at_once(longer.publish, shorter.publish)
    page = fresh(treatment)
    live = sections_from_raw(page.sections.raw_data)
    by_title = {
        "Longer": ["What is it?", "Afterwards", "Risks", "Cost", "New"],
        "Shorter": ["Later", "Risks"],
    }
    assert [one.heading for one in live] == by_title[page.title]
    rows = page.clinicsite_library_sections.filter(is_retired=False).values_list("section_id", "fingerprint")
    assert list(rows) == [(one.id, fingerprint(one)) for one in live]
    gone = {OVERVIEW["id"], COST["id"]} if page.title == "Shorter" else set()
    assert gone <= {child["id"] for child in page.retired_sections}
    assert State.RETIRED not in {states(follower)[one.id] for one in live}


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_of_two_publishes_at_once_one_sees_what_the_other_has_dropped(treatment, round_):
    added = {title: section(f"New in {title}") for title in ("One", "Two")}
    first, second = (library_draft(treatment, OVERVIEW, new, title=title) for title, new in added.items())
    at_once(first.publish, second.publish)
    page = fresh(treatment)
    (dropped,) = (new["id"] for title, new in added.items() if title != page.title)
    assert dropped in {child["id"] for child in page.retired_sections}


def test_a_clinic_answers_while_the_library_drops_the_section(treatment, follower, owner):
    revision = library_draft(treatment, OVERVIEW, RISKS, COST)
    make = own_version("Our aftercare")
    at_once(revision.publish, lambda: change_draft(follower.pk, owner, make, message="Ours", publish=True))
    shown = [one for one in fresh(follower).composed if one.id == AFTERCARE["id"]]
    assert [(one.heading, one.state) for one in shown] == [("Our aftercare", State.RETIRED)]


def test_two_clinics_answer_at_once(treatment, follower, owner, other_clinic, other_owner):
    other = follower_of(treatment, other_clinic)
    at_once(
        lambda: change_draft(follower.pk, owner, own_version("North"), message="Ours", publish=True),
        lambda: change_draft(other.pk, other_owner, own_version("South"), message="Ours", publish=True),
    )
    assert [one.composed[1].heading for one in (fresh(follower), fresh(other))] == ["North", "South"]


@pytest.fixture
def manager(django_user_model):
    return django_user_model.objects.create_superuser("manager", "manager@agency.example", "x")


def said_by(step):
    """The step, with what it refuses for an answer; a refusal that is no sentence of ours is raised."""

    def take():
        try:
            step()
        except (ReleaseError, AnswerError) as refusal:
            return str(refusal)
        return ""

    return take


def refusals_of(*steps):
    """What was refused of several steps taken at once, one sentence each."""
    return [said for said in at_once(*map(said_by, steps)) if said]


def states_of(page):
    return sorted(Release.objects.filter(page_id=page.pk).values_list("state", flat=True))


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_of_two_releases_of_one_page_at_once_one_is_refused(treatment, follower, clinic, manager, round_):
    draft(treatment, "A needle as thin as a hair.")
    tomorrow = timezone.now() + timedelta(days=1)
    (refusal,) = refusals_of(
        lambda: pilot(treatment, manager, clinic),
        lambda: schedule_release(treatment.pk, manager, tomorrow, **WITHOUT_APPROVAL),
    )
    assert "A release of this page is under way" in refusal
    assert states_of(treatment) in (["pilot"], ["scheduled"])


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_a_draft_released_by_two_at_once_is_released_once(treatment, follower, manager, round_):
    draft(treatment, "A needle as thin as a hair.")
    (refusal,) = refusals_of(lambda: release(treatment, manager), lambda: release(treatment, manager))
    assert "There is no draft to release" in refusal
    assert states_of(treatment) == ["live"]


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_a_pilot_that_is_ended_and_released_at_once_is_one_of_the_two(
    treatment, follower, clinic, manager, round_
):
    draft(treatment, "A needle as thin as a hair.")
    made = pilot(treatment, manager, clinic)
    (refusal,) = refusals_of(
        lambda: release_pilot_to_all(made.pk, manager), lambda: end_pilot(made.pk, manager)
    )
    assert "This release is not under way any more" in refusal
    is_live = "as thin as a hair" in str(fresh(treatment).sections.raw_data)
    assert states_of(treatment) == (["live"] if is_live else ["ended"])


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_a_release_undone_by_two_at_once_is_undone_once(treatment, follower, manager, round_):
    draft(treatment, "A needle as thin as a hair.")
    made = release(treatment, manager)
    (refusal,) = refusals_of(lambda: undo_release(made.pk, manager), lambda: undo_release(made.pk, manager))
    assert "Only a release that reached every clinic can be undone" in refusal
    assert states_of(treatment) == ["undone"]
    assert "as thin as a hair" not in str(fresh(treatment).sections.raw_data)


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_a_page_added_by_two_people_at_once_is_added_once(treatment, clinic, owner, editor, round_):
    ModalityIndexPageFactory(parent=clinic.home)
    (refusal,) = refusals_of(
        lambda: add_page(clinic.site, treatment, owner), lambda: add_page(clinic.site, treatment, editor)
    )
    assert "Your site has “Dry needling” already" in refusal
    assert ModalityPage.objects.of_site(clinic.site).count() == 1


@pytest.mark.parametrize("round_", range(ROUNDS))
def test_two_pages_added_at_once_are_both_there(library, treatment, clinic, owner, editor, round_):
    other = library_treatment(library, title="Cupping")
    ModalityIndexPageFactory(parent=clinic.home)
    assert not refusals_of(
        lambda: add_page(clinic.site, treatment, owner), lambda: add_page(clinic.site, other, editor)
    )
    pages = ModalityPage.objects.of_site(clinic.site)
    assert {page.title for page in pages} == {"Dry needling", "Cupping"}
    assert len({page.path for page in pages}) == 2
