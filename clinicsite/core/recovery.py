"""Work that was lost without a word: found every few minutes, and done after all.

A worker that is killed, runs out of memory or loses its database leaves the task it was at as running, and
nobody would ever look at it again. And where the queue is not in the database, a process may die after it has
stored something and before it has asked for the work that follows.
"""

from collections.abc import Callable
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django_tasks import TaskResultStatus

from clinicsite.core.background import queued_tasks

#: Tasks that may be done twice: ours are made so, Wagtail's bring an index up to date or delete a file.
OURS = ("clinicsite.", "wagtail.", "modelsearch.")
#: No task of these runs for so long: the longest makes the pictures of one page.
TOO_LONG = timedelta(minutes=15)
#: A task that has been begun so often is what ends the worker, and is given up.
MOST_BEGINNINGS = 3

_finders: dict[str, Callable[[], int]] = {}


class WorkerLostError(Exception):
    """The worker ended in the middle of a task, as often as it was tried."""


def register(what: str, finder: Callable[[], int]) -> None:
    """Have a room look for its own lost work whenever `recover` is called; it says how much it found."""
    _finders[what] = finder


def recover() -> dict[str, int]:
    """Find what was lost and queue it again: {"mails": 1, "tasks": 2}."""
    lost = {}
    if queued_tasks():
        lost["tasks"] = put_back(Q(started_at__lt=timezone.now() - TOO_LONG))
    return lost | {what: finder() for what, finder in _finders.items()}


def put_back_of(worker_id: str) -> int:
    """Queue again what a worker of this name was at. It asks when it begins, and so is at nothing."""
    # Each beginning adds the worker's name; the JSON of the database cannot be asked for the last of them.
    mine = [row.pk for row in _running() if row.worker_ids and row.worker_ids[-1] == worker_id]
    return put_back(Q(pk__in=mine))


def put_back(which: Q) -> int:
    """Queue again the running tasks that were lost, or give up what ends the worker each time; how many."""
    return sum(_put_back(row) for row in _running().filter(which))


def _running():
    rows = queued_tasks().objects
    named = Q()
    for prefix in OURS:
        named |= Q(task_path__startswith=prefix)
    return rows.running().filter(named)


def _put_back(row) -> int:
    if len(row.worker_ids) >= MOST_BEGINNINGS:
        row.set_failed(
            WorkerLostError(f"The worker ended {len(row.worker_ids)} times in the middle of this.")
        )
        return 0
    # Only as it was found: meanwhile it may have ended, or somebody else may have put it back.
    as_found = _running().filter(pk=row.pk, started_at=row.started_at)
    return as_found.update(status=TaskResultStatus.READY, started_at=None)
