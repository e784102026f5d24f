"""Background work done by the process that asked for it, where no worker runs beside the web server."""

from functools import partial
from typing import Any

from django.db import transaction
from django_tasks import TaskResult, TaskResultStatus
from django_tasks.backends.immediate import ImmediateBackend
from django_tasks.base import Task
from django_tasks.utils import get_random_id


class AfterCommitBackend(ImmediateBackend):
    """Does a task at once, or, if a transaction is open, as soon as it is committed.

    The stock backend works inside the transaction. There the search index holds the rows of one page while
    it waits for those of another: of two pages published at once PostgreSQL ends one with "deadlock
    detected", and that publish is lost. And work on what was never saved would be done for nothing.
    """

    def enqueue(self, task: Task[Any, Any], args: Any, kwargs: Any) -> TaskResult[Any]:
        """Promise the work, or do it.

        Returns:
            What came of it; of work that is promised, that it is ready.
        """
        do = partial(super().enqueue, task, args, kwargs)
        if not transaction.get_connection().in_atomic_block:
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
