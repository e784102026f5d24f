"""Hears of changes that other machines have made, and of those whose process died before it could tell.

What has changed stands in the database, committed with the change itself. Each process that serves pages asks
for it every second, so a machine is at most that much behind another.
"""

import logging
import threading
import time
from datetime import UTC, datetime, timedelta
from itertools import count

from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from clinicsite.core.models.page_changes import PageChange
from clinicsite.core.page_cache.slots import Slots

logger = logging.getLogger(__name__)

#: How often the database is asked, in seconds.
EVERY = 1.0
#: How many times it is asked before old changes are deleted.
FORGOTTEN_EVERY = 3600
#: A change may be committed this long after it was written, by a transaction that takes its time.
LONGEST_TRANSACTION = timedelta(minutes=10)
#: How long changes are kept for machines that have not asked.
KEPT_FOR = timedelta(days=2)


class Listener:
    """Asks for changes, in a thread of its own, as long as the process lives."""

    def __init__(self, slots: Slots):
        self.slots = slots
        #: The keys of changes that this process has read; it heeds each once.
        self._read: set[int] = set()
        self._has_failed = False
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def begin(self) -> None:
        """Start to ask; nothing if that is so already. Called in the process that serves, after any fork."""
        if self._thread is not None and self._thread.is_alive():
            return
        with self._lock:
            if self._thread is None or not self._thread.is_alive():
                self._ask_or_log()
                self._thread = threading.Thread(
                    target=self._ask_for_ever, name="clinicsite-changes", daemon=True
                )
                self._thread.start()

    def ask(self) -> int:
        """Renew what others have changed since this machine last asked; how much that was.

        Raises:
            DatabaseError: The database does not answer; then nobody can change anything either.
        """
        self.slots.reopen_if_replaced()
        now = timezone.now()
        since = self.slots.asked_at
        if since and now.timestamp() - since > KEPT_FOR.total_seconds():
            self.slots.start_anew()
        lately = PageChange.objects.filter(at__gte=_moment(since) - LONGEST_TRANSACTION) if since else None
        rows = list(lately.values_list("pk", "name", "version")) if lately is not None else []
        unknown = [
            (name, version)
            for pk, name, version in rows
            if pk not in self._read and not self.slots.knows(version)
        ]
        for name, version in unknown:
            self.slots.renew(name, version)
        self._read = {pk for pk, _name, _version in rows}
        self.slots.asked_at = int(now.timestamp())
        return len(unknown)

    def _ask_for_ever(self):
        for asked in count(1):
            time.sleep(EVERY)
            self._ask_or_log(forgets=asked % FORGOTTEN_EVERY == 0)

    def _ask_or_log(self, *, forgets: bool = False) -> None:
        """Ask, and say once that it cannot be done: without its database a server still gives out pages."""
        try:
            self.ask()
            if forgets:
                forget_old()
            self._has_failed = False
        except (DatabaseError, OSError) as error:
            if not self._has_failed:
                logger.error("Changes to pages cannot be asked for: %s", error)
            self._has_failed = True
            connections.close_all()
        finally:
            close_old_connections()


def forget_old() -> int:
    """Delete what every machine has heard of; how much that was."""
    return PageChange.objects.filter(at__lt=timezone.now() - KEPT_FOR).delete()[0]


def _moment(seconds: int):
    return datetime.fromtimestamp(seconds, tz=UTC)
