"""Tasks whose worker is gone, and a worker whose database goes and comes back."""

import signal
import subprocess
import sys
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from clinicsite.core.pictures.preparing import prepare_picture
from clinicsite.core.recovery import MOST_BEGINNINGS, TOO_LONG, put_back_of, recover
from tests.commands import ROOT, environment

#: The picture is there for nobody: doing the task is quick and changes nothing.
NO_PICTURE = 0


@pytest.fixture(autouse=True)
def _queue_in_the_database(settings):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


def running(worker_ids=("lost",), since=TOO_LONG, **values):
    """A task that a worker has begun some time ago."""
    key = prepare_picture.enqueue(NO_PICTURE).id
    began = timezone.now() - since
    values |= {"status": "RUNNING", "started_at": began, "worker_ids": list(worker_ids)}
    DBTaskResult.objects.filter(pk=key).update(**values)
    return DBTaskResult.objects.get(pk=key)


@pytest.mark.django_db
class TestPutBack:
    def test_what_runs_too_long_is_queued_again(self):
        row = running()
        assert recover()["tasks"] == 1
        row.refresh_from_db()
        assert (row.status, row.started_at) == ("READY", None)

    def test_what_has_just_begun_is_left_alone(self):
        row = running(since=TOO_LONG - timedelta(minutes=1))
        assert recover()["tasks"] == 0
        row.refresh_from_db()
        assert row.status == "RUNNING"

    def test_tasks_of_a_project_around_are_not_ours_to_do_twice(self):
        row = running(task_path="shop.tasks.charge_card")
        assert recover()["tasks"] == 0
        row.refresh_from_db()
        assert row.status == "RUNNING"

    def test_what_ends_the_worker_each_time_is_given_up(self):
        row = running(["a"] * MOST_BEGINNINGS)
        assert recover()["tasks"] == 0
        row.refresh_from_db()
        assert row.status == "FAILED"
        assert row.exception_class_path.endswith("WorkerLostError")

    def test_a_worker_that_begins_again_under_its_name_takes_up_its_own_work_at_once(self):
        own, other = running(["w1"], timedelta(0)), running(["w1", "w2"], timedelta(0))
        assert put_back_of("w1") == 1
        assert DBTaskResult.objects.get(pk=own.pk).status == "READY"
        assert DBTaskResult.objects.get(pk=other.pk).status == "RUNNING"


@pytest.fixture
def worker(databases, tmp_path):
    """Workers on this database, ended with the test: `worker()`."""
    settings = environment(databases.store.url(), tmp_path) | {"TASKS_BACKEND": "database"}
    command = [
        sys.executable,
        "manage.py",
        "run_worker",
        "--no-startup-delay",
        "--interval",
        "0.1",
        "-v",
        "0",
    ]
    begun = []

    def begin():
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stderr=subprocess.PIPE, text=True)
        begun.append(process)
        return process

    yield begin
    for process in begun:
        process.kill()
        process.communicate()


def wait_until(holds, seconds=60):
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.1)


def is_done(key):
    return lambda: DBTaskResult.objects.filter(pk=key, status="SUCCESSFUL").exists()


@pytest.mark.django_db(transaction=True)
def test_a_worker_does_what_one_before_it_was_killed_at(worker):
    lost = running()
    worker()
    wait_until(is_done(lost.pk))
    assert DBTaskResult.objects.get(pk=lost.pk).status == "SUCCESSFUL"


@pytest.mark.django_db(transaction=True)
def test_a_worker_told_to_stop_stops(worker):
    first = prepare_picture.enqueue(NO_PICTURE).id
    process = worker()
    wait_until(is_done(first))
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite is a file, and has no server to lose")
@pytest.mark.django_db(transaction=True)
def test_a_worker_outlives_its_database(worker):
    first = prepare_picture.enqueue(NO_PICTURE).id
    process = worker()
    wait_until(is_done(first))
    refuse_everybody_for(seconds=4)
    then = prepare_picture.enqueue(NO_PICTURE).id
    wait_until(is_done(then))
    process.send_signal(signal.SIGTERM)
    _, told = process.communicate(timeout=10)
    assert process.returncode == 0
    assert "The database is away" in told


def refuse_everybody_for(seconds):
    """Have the server end every connection to this database, and take no new one for a while."""
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as server:
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        server.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [name])
        time.sleep(seconds)
        server.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')
