"""Asking for background work so that none is lost, and doing it where no worker runs beside the server."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, router, transaction
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task
from django_tasks.utils import get_random_id
from django_tasks_db.backend import DatabaseBackend

#: What nobody should wait for is done beside requests, piece by piece, and before the process ends.
_aside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="clinicsite-aside")


def queue(work: Task[Any, Any], *arguments: Any) -> None:
    """Have a task done if, and only if, the transaction under way is committed.

    A queue in the same database takes it in that transaction: there is no moment in which the change is
    stored and the work is not. Any other queue is told after the commit, for it would begin before. What it
    misses then, because it is down or the process dies, is found by what `recovery` knows.
    """
    if _is_in_this_database(work.get_backend()):
        work.enqueue(*arguments)
    else:
        transaction.on_commit(partial(work.enqueue, *arguments), robust=True)


def _is_in_this_database(backend):
    if not isinstance(backend, DatabaseBackend):
        return False
    return router.db_for_write(queued_tasks()) == DEFAULT_DB_ALIAS


def queued_tasks() -> Any:
    """The model of tasks that are queued in the database, or None where the project has no such queue."""
    has_queue = apps.is_installed("django_tasks_db")
    return apps.get_model("django_tasks_database", "DBTaskResult") if has_queue else None


def takes_long(function: Callable) -> Callable:
    """Mark the function of a task that may take seconds, such as making pictures: stands below `@task()`."""
    # A function has no such attribute for mypy, and needs one: a task is made of it, and keeps it.
    function.takes_long = True  # type: ignore[attr-defined]
    return function


class AfterCommitBackend(ImmediateBackend):
    """Does a task at once, or, if a transaction is open, as soon as it is committed.

    A task that takes long is done aside, so that neither an editor nor a visitor waits for it.

    The stock backend works inside the transaction. There the search index holds the rows of one page while
    it waits for those of another: of two pages published at once PostgreSQL ends one with "deadlock
    detected", and that publish is lost. And work on what was never saved would be done for nothing.
    """

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Promise the work, or do it.

        Returns:
            What came of it; of work that is promised, that it is ready.
        """
        do: Callable = partial(super().enqueue, task, args, kwargs)
        is_long = getattr(task.func, "takes_long", False)
        if is_long:
            do = partial(_aside.submit, _do_aside, do)
        elif not transaction.get_connection().in_atomic_block:
            return do()
        self.validate_task(task)
        transaction.on_commit(do)
        return TaskResult(
            task=task,
            id=get_random_id(),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def _do_aside(do):
    try:
        do()
    finally:
        # Nobody else closes what this thread has opened.
        connections.close_all()
