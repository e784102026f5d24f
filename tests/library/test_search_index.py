"""The search index of followers keeps up with the library, by background work in batches."""

from functools import partial

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult
from wagtail.models import Site
from wagtail.search.models import IndexEntry

from benchmarks.many import add_clinics, make_library, stored_section
from clinicsite.library import tasks
from clinicsite.library.index_rows import write_rows
from clinicsite.library.models import LibrarySection, Release, SectionOverride
from clinicsite.modalities.models import ModalityPage
from clinicsite.provisioning.clinics import remove_pages, remove_site
from tests.factories import ClinicFactory, ConditionPageFactory, section
from tests.library.pages import (
    AFTERCARE,
    COST,
    OVERVIEW,
    RISKS,
    edit_library,
    follower_of,
    take_over,
)

pytestmark = pytest.mark.indexed

INDEX_FOLLOWERS = "clinicsite.library.tasks.index_followers"


@pytest.fixture(autouse=True)
def _queue(settings):
    """Tasks wait in the database for a worker, as in production."""
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    """Do something and commit it: `commit(page.delete)`."""

    def do(change, *args, **kwargs):
        with django_capture_on_commit_callbacks(execute=True):
            change(*args, **kwargs)

    return do


@pytest.fixture
def edit(commit):
    """Publish an edit of a library page, as `edit_library` does, and commit it."""
    return partial(commit, edit_library)


@pytest.fixture
def work(commit):
    """Let a worker do all that waits, on the test's own connection: its loop would close that."""
    worker = Worker(
        queue_names=["default"],
        interval=0,
        batch=True,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id="test",
        excluded_queue_names=[],
    )

    def do_all():
        while (result := DBTaskResult.objects.ready().first()) is not None:
            result.claim(worker.worker_id)
            worker.run_task(result)

    return partial(commit, do_all)


def waiting():
    return DBTaskResult.objects.filter(task_path=INDEX_FOLLOWERS, status="READY")


def found_by(words):
    return {page.pk for page in ModalityPage.objects.search(words)}


def edited(stored, words):
    return section(stored["value"]["heading"], words, kind=stored["value"]["kind"])


def test_followers_are_found_by_the_librarys_new_words_and_not_by_the_old(
    treatment, clinic, other_clinic, edit, work
):
    followers = {follower_of(treatment, one).pk for one in (clinic, other_clinic)}
    work()
    assert followers <= found_by("muscle")
    edit(treatment, edited(OVERVIEW, "A hair of steel."), AFTERCARE, RISKS, COST)
    assert waiting().count() == 1
    assert not followers & found_by("steel")
    work()
    assert followers <= found_by("steel")
    assert not followers & found_by("muscle")


def test_a_clinics_own_words_stay_found_and_the_librarys_in_their_place_do_not(treatment, clinic, edit, work):
    follower = follower_of(treatment, clinic)
    take_over(follower, AFTERCARE, "How we look after you", "Drink camomile.")
    edit(treatment, OVERVIEW, edited(AFTERCARE, "Stretch softly."), RISKS, COST)
    work()
    assert follower.pk in found_by("camomile")
    assert follower.pk not in found_by("stretch")


def test_each_follower_is_indexed_with_its_own_clinics_name_in_place_of_the_token(
    treatment, clinic, other_clinic, edit, work
):
    ours, theirs = (follower_of(treatment, one) for one in (clinic, other_clinic))
    edit(treatment, edited(OVERVIEW, "Ask {clinic} about it."), AFTERCARE, RISKS, COST)
    work()
    assert ours.pk in found_by("North")
    assert theirs.pk not in found_by("North")
    assert theirs.pk in found_by("South")


def test_a_follower_saved_by_its_clinic_is_indexed_as_its_patients_read_it(treatment, clinic, edit, work):
    edit(treatment, edited(OVERVIEW, "Ask {clinic} about it."), AFTERCARE, RISKS, COST)
    follower = follower_of(treatment, clinic)
    work()
    assert follower.pk in found_by("North")


def test_followers_are_found_by_the_summary_and_the_names_they_inherit(treatment, clinic, edit, work):
    follower = follower_of(treatment, clinic, alternate_names=None)
    edit(
        treatment,
        OVERVIEW,
        AFTERCARE,
        RISKS,
        COST,
        summary="Loosens knots.",
        alternate_names="Dry acupuncture",
    )
    work()
    assert follower.pk in found_by("knots")
    assert follower.pk in found_by("acupuncture")


def test_a_pilot_clinic_is_found_by_what_it_tries_and_the_others_are_not(
    treatment, clinic, other_clinic, work, commit
):
    pilot, other = (follower_of(treatment, one) for one in (clinic, other_clinic))
    draft = ModalityPage.objects.get(pk=treatment.pk)
    draft.sections = [edited(OVERVIEW, "A hair of steel."), AFTERCARE, RISKS, COST]
    release = Release.objects.create(
        page=treatment, state=Release.State.PILOT, content=draft.serializable_data()
    )
    commit(release.pilots.add, clinic.site)
    work()
    assert pilot.pk in found_by("steel")
    assert other.pk not in found_by("steel")


def test_nothing_is_queued_for_a_clinics_own_page_or_for_a_draft(treatment, clinic, commit):
    follower = follower_of(treatment, clinic)
    commit(follower.save_revision().publish)
    commit(treatment.save_revision)
    assert not waiting().exists()


def test_followers_are_indexed_batch_by_batch(monkeypatch, treatment, clinic, edit, work):
    monkeypatch.setattr(tasks, "BATCH", 2)
    clinics = [clinic, *(ClinicFactory() for _ in range(4))]
    followers = {follower_of(treatment, one).pk for one in clinics}
    work()
    edit(treatment, edited(OVERVIEW, "A hair of steel."), AFTERCARE, RISKS, COST)
    DBTaskResult.objects.filter(task_path=INDEX_FOLLOWERS).exclude(status="READY").delete()
    work()
    done = DBTaskResult.objects.filter(task_path=INDEX_FOLLOWERS)
    assert [result.status for result in done] == ["SUCCESSFUL"] * 3
    assert followers <= found_by("steel")


def test_pages_that_vanish_meanwhile_stop_nothing(treatment, clinic, other_clinic, edit, work):
    gone, stays = (follower_of(treatment, one) for one in (clinic, other_clinic))
    edit(treatment, edited(OVERVIEW, "A hair of steel."), AFTERCARE, RISKS, COST)
    gone.delete()
    work()
    assert stays.pk in found_by("steel")
    edit(treatment, OVERVIEW, AFTERCARE, RISKS, COST)
    stays.delete()
    remove_pages(ModalityPage.objects.get(pk=treatment.pk))
    work()
    assert not DBTaskResult.objects.filter(task_path=INDEX_FOLLOWERS, status="FAILED").exists()


def queries_to_index(count):
    """The queries of one batch with so many followers, but for the index entries themselves."""
    many = make_library(2)
    add_clinics(many, count, 2, everyday=False)
    library_page = many.pages[0]
    tasks.index_followers.func(library_page._meta.label_lower, library_page.pk)
    with CaptureQueriesContext(connection) as captured:
        tasks.index_followers.func(library_page._meta.label_lower, library_page.pk)
    sql = [query["sql"] for query in captured.captured_queries]
    for site in Site.objects.filter(root_page__path__startswith=many.network.path):
        remove_site(site)
    remove_pages(many.network)
    remove_pages(many.library)
    return [one for one in sql if IndexEntry._meta.db_table not in one]


def test_a_batch_costs_the_same_queries_for_two_followers_and_for_twelve(db):
    few, many = queries_to_index(2), queries_to_index(12)
    assert len(many) == len(few), "\n".join(one[:200] for one in many)
    assert len(few) <= 10


def test_rebuilding_writes_the_rows_anew_and_says_what_it_did(treatment, clinic, capsys):
    follower = follower_of(treatment, clinic)
    record = take_over(follower, AFTERCARE, "Ours", "Our words.")
    right = list(LibrarySection.objects.values("section_id", "fingerprint", "position", "changed_at"))
    mark = record.base_fingerprint
    LibrarySection.objects.filter(section_id=OVERVIEW["id"]).delete()
    LibrarySection.objects.filter(section_id=COST["id"]).update(fingerprint="old")
    SectionOverride.objects.update(base_fingerprint="old")
    call_command("rebuild_library_index")
    assert "1 library page: 4 sections, of which 2 were written anew." in capsys.readouterr().out
    now = list(LibrarySection.objects.values("section_id", "fingerprint", "position", "changed_at"))
    assert [row["fingerprint"] for row in now] == [row["fingerprint"] for row in right]
    record.refresh_from_db()
    assert record.base_fingerprint == mark


def test_rebuilding_twice_changes_nothing(treatment, clinic, capsys):
    take_over(follower_of(treatment, clinic), AFTERCARE, "Ours", "Our words.")
    before = list(LibrarySection.objects.values())
    call_command("rebuild_library_index")
    out = capsys.readouterr().out
    assert "1 library page: 4 sections, of which 0 were written anew." in out
    assert "1 override, of which 0 were written anew." in out
    assert list(LibrarySection.objects.values()) == before


def test_rebuilding_does_not_say_that_words_changed_when_only_their_measure_did(treatment):
    changed_at = LibrarySection.objects.get(section_id=COST["id"]).changed_at
    LibrarySection.objects.filter(section_id=COST["id"]).update(fingerprint="old")
    call_command("rebuild_library_index", verbosity=0)
    row = LibrarySection.objects.get(section_id=COST["id"])
    assert row.fingerprint != "old"
    assert row.changed_at == changed_at


def test_rebuilding_knows_when_a_section_was_retired(treatment, clinic):
    edit_library(treatment, OVERVIEW, AFTERCARE, RISKS)
    page = ModalityPage.objects.get(pk=treatment.pk)
    retired_at = page.retired_sections[0]["retired_at"]
    LibrarySection.objects.all().delete()
    call_command("rebuild_library_index", verbosity=0)
    row = LibrarySection.objects.get(section_id=COST["id"])
    assert row.is_retired
    assert row.changed_at.isoformat() == retired_at


def test_rebuilding_leaves_out_pages_of_clinics_and_takes_in_every_type(treatment, library, clinic):
    condition = ConditionPageFactory(parent=library, sections=[stored_section(1)])
    follower = follower_of(treatment, clinic)
    LibrarySection.objects.all().delete()
    write_rows(follower)
    call_command("rebuild_library_index", verbosity=0)
    assert set(LibrarySection.objects.values_list("page_id", flat=True)) == {treatment.pk, condition.pk}
