"""Work in the background, where the process that asks for it does it."""

import logging
import threading

import pytest
from django.db import transaction
from django_tasks import TaskResultStatus, task

from clinicsite.core.background import takes_long
from clinicsite.settings import services

DONE = []
BEGIN, DRAWN = threading.Event(), threading.Event()


@task()
def note(word):
    DONE.append(word)


@task()
@takes_long
def draw(word):
    BEGIN.wait(10)
    DONE.append((word, threading.current_thread() is threading.main_thread()))
    DRAWN.set()


@task()
def fail():
    raise ValueError("This cannot be done.")


pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _as_in_development(settings):
    settings.TASKS = services.tasks({"TASKS_BACKEND": "immediate"})
    DONE.clear()
    BEGIN.clear()
    DRAWN.clear()


def test_a_task_waits_until_what_it_works_on_is_committed():
    with transaction.atomic():
        note.enqueue("page 5")
        assert DONE == []
    assert DONE == ["page 5"]


def test_a_task_is_dropped_with_the_transaction_that_asked_for_it():
    with transaction.atomic():
        with transaction.atomic():
            note.enqueue("page 5")
            transaction.set_rollback(True)
        note.enqueue("page 6")
    assert DONE == ["page 6"]


def test_outside_a_transaction_a_task_is_done_at_once():
    note.enqueue("page 5")
    assert DONE == ["page 5"]


def test_a_task_that_fails_leaves_what_asked_for_it_alone_and_says_so(caplog):
    # The worker's command, which other tests run, leaves the logger as loud as it was asked to be itself.
    caplog.set_level(logging.INFO, logger="django_tasks")
    with transaction.atomic():
        assert fail.enqueue().status == TaskResultStatus.READY
        note.enqueue("after it")
    assert DONE == ["after it"]
    assert "state=FAILED" in caplog.text
    assert "This cannot be done." in caplog.text


def test_nobody_waits_for_a_task_that_takes_long():
    with transaction.atomic():
        draw.enqueue("picture 5")
        BEGIN.set()
        # What is not committed is not begun.
        assert not DRAWN.wait(0.2)
        BEGIN.clear()
    assert DONE == []
    BEGIN.set()
    assert DRAWN.wait(10)
    assert DONE == [("picture 5", False)]


def test_outside_a_transaction_nobody_waits_for_it_either():
    draw.enqueue("picture 5")
    assert DONE == []
    BEGIN.set()
    assert DRAWN.wait(10)
    assert DONE == [("picture 5", False)]
