import logging
import time
from threading import Event, Thread

from django.db import InterfaceError, OperationalError, connections
from django_tasks_db.management.commands import db_worker

from clinicsite.core.recovery import put_back_of, recover

logger = logging.getLogger(__name__)

#: How often, in seconds, a worker looks for work that was lost.
EVERY = 5 * 60
#: How long, in seconds, a worker waits for a database that is away: at first, and at most.
FIRST_PAUSE, LONGEST_PAUSE = 1, 30
AWAY = (OperationalError, InterfaceError)


class Worker(db_worker.Worker):
    """The queue's own worker, which outlives its database and looks for work that was lost."""

    def run(self):
        """Work until told to stop."""
        stopped = Event()
        Thread(target=_look_for_lost_work, args=[stopped], daemon=True).start()
        try:
            self._work_through_outages()
        finally:
            stopped.set()

    def _work_through_outages(self):
        pause = FIRST_PAUSE
        while self.running:
            try:
                put_back_of(self.worker_id)
                recover()
                pause = FIRST_PAUSE
                return super().run()
            except AWAY as error:
                logger.error("The database is away (%s). Trying again in %d s.", type(error).__name__, pause)
                connections.close_all()
                time.sleep(pause)
                pause = min(2 * pause, LONGEST_PAUSE)


def _look_for_lost_work(stopped):
    while not stopped.wait(EVERY):
        try:
            recover()
        except AWAY as error:
            logger.error("Lost work cannot be looked for (%s): the database is away.", type(error).__name__)
        finally:
            connections.close_all()


class Command(db_worker.Command):
    """Does background work; in place of `db_worker`, with its options but for `--reload`."""

    help = "Do background work that is queued in the database, through outages of it."

    def handle(self, *, verbosity, queue_name, exclude_queues, **options):
        self.configure_logging(verbosity)
        taken = ("interval", "batch", "backend_name", "startup_delay", "max_tasks", "worker_id")
        worker = Worker(
            queue_names=queue_name.split(","),
            excluded_queue_names=exclude_queues.split(",") if exclude_queues else [],
            **{name: options[name] for name in taken},
        )
        worker.configure_signals()
        worker.run()
