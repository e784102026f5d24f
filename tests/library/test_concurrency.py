"""Library and clinics at the same moment: the outcome is that of one order or the other, never a mixture.

SQLite has one writer at a time and no row to wait for, so these run on PostgreSQL only.
"""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection, connections

from clinicsite.library.answering import answers
from clinicsite.library.answering.drafts import change_draft, load_draft
from clinicsite.library.composition import State
from clinicsite.library.equality import fingerprint
from clinicsite.library.sections import sections_from_raw
from tests.factories import paragraph, section
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    follower_of,
    fresh,
    states,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one writer in at a time"),
]

LATER = section("Later", "Move, and drink water.", key="Afterwards", kind="aftercare")
ROUNDS = 4


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
    base = fresh(follower).section_overrides.get().base
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
        for record in revision.as_object().section_overrides.all()
    ]
    assert sorted(written) == ["First", "Second"]
    assert load_draft(follower.pk, owner).section_overrides.get().heading == written[-1]


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
    rows = page.library_sections.filter(is_retired=False).values_list("section_id", "fingerprint")
    assert list(rows) == [(one.id, fingerprint(one)) for one in live]
    gone = {OVERVIEW["id"], COST["id"]} if page.title == "Shorter" else set()
    assert gone <= {child["id"] for child in page.retired_sections}
    assert State.RETIRED not in {states(follower)[one.id] for one in live}


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
