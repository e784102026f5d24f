"""Notices every write to the database, and gives what it changes a new version once it is committed.

A row that is saved or deleted says whose pages it changes (`owners`). Every other write, such as
`QuerySet.update`, is known by its table alone: then all pages are rendered anew that have read that table. So
nobody who writes has to think of kept pages; who knows better says so with `changing`.
"""

import re
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from functools import partial

from django.core.signals import request_started
from django.db import connections, router, transaction
from django.db.backends.signals import connection_created
from django.db.models.signals import (
    m2m_changed,
    post_delete,
    post_migrate,
    post_save,
    pre_delete,
    pre_migrate,
    pre_save,
)

from clinicsite.core.models.page_changes import PageChange
from clinicsite.core.page_cache import owners
from clinicsite.core.page_cache.slots import Slots, new_change
from clinicsite.core.page_reading import UNREAD, note_query

_WRITE = re.compile(
    r'\s*(INSERT|REPLACE|UPDATE|DELETE)\b(?:\s+OR\s+\w+)?(?:\s+INTO|\s+FROM|\s+ONLY)?\s+[`"]?(\w+)',
    re.IGNORECASE,
)
_SET = re.compile(r"\bSET\s+(.*?)(?:\bWHERE\b|$)", re.IGNORECASE | re.DOTALL)
_COLUMN = re.compile(r'"?(\w+)"?\s*=\s')
#: Statements that change no row.
_QUIET = re.compile(
    r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|SET|SHOW|EXPLAIN|ANALYZE|LOCK|VACUUM|DECLARE|"
    r"FETCH|CLOSE|LISTEN|NOTIFY)\b",
    re.IGNORECASE,
)
_OWN_TABLE = PageChange._meta.db_table
UNREAD.add(_OWN_TABLE)
_PAGE_TABLE = "wagtailcore_page"
#: A state of one connection, kept on it: what is being saved or deleted just now.
_WINDOWS = "_clinicsite_windows"


class Watch:
    """Notices the writes of this process and tells the slots of the machine, and others by a table.

    Without slots, where their folder cannot be written, the others are told all the same.
    """

    def __init__(self, slots: Slots | None):
        self.slots = slots
        self._is_migrating = False

    def begin(self) -> None:
        """Notice everything from now on. Called last at start-up: nobody after it may stop a save."""
        for connection in connections.all(initialized_only=True):
            self._connected(connection=connection)
        uid = f"clinicsite_page_cache_{id(self)}"
        for signal, receiver in self._receivers():
            signal.connect(receiver, dispatch_uid=uid, weak=False)

    def end(self) -> None:
        """Notice nothing more."""
        uid = f"clinicsite_page_cache_{id(self)}"
        for signal, _receiver in self._receivers():
            signal.disconnect(dispatch_uid=uid)
        for connection in connections.all(initialized_only=True):
            connection.execute_wrappers[:] = [
                one for one in connection.execute_wrappers if getattr(one, "func", None) != self._execute
            ]

    def changed(self, names: Collection[str], using: str | None = None) -> None:
        """Give these names a new version when the transaction under way is committed, at once without one."""
        if self._is_migrating:
            return
        connection = connections[using or router.db_for_write(PageChange)]
        for name in names:
            if connection.in_atomic_block and _is_pending(connection, name):
                continue
            change = new_change()
            PageChange._base_manager.using(connection.alias).bulk_create(
                [PageChange(name=name[:100], version=change)]
            )
            transaction.on_commit(_Renewal(self.slots, name, change), using=connection.alias)

    def _receivers(self):
        return (
            (connection_created, self._connected),
            (pre_save, self._saving),
            (post_save, self._saved),
            (pre_delete, self._deleting),
            (post_delete, self._deleted),
            (m2m_changed, self._related),
            (pre_migrate, self._migrating),
            (post_migrate, self._migrated),
            (request_started, _forget_windows),
        )

    def _connected(self, connection, **kwargs):
        if not any(getattr(one, "func", None) == self._execute for one in connection.execute_wrappers):
            connection.execute_wrappers.append(partial(self._execute, connection))

    def _execute(self, connection, execute, sql, params, many, context):
        if quiet := _QUIET.match(sql):
            if quiet[1].upper() == "ROLLBACK":
                _tell_again(connection)
            note_query(sql)
            return execute(sql, params, many, context)
        try:
            result = execute(sql, params, many, context)
        except BaseException:
            _windows(connection).clear()
            raise
        found = _WRITE.match(sql)
        table = found[2] if found else ""
        if found is None:
            self.changed([owners.OUTSIDE], connection.alias)
        elif (
            table not in UNREAD
            and not _is_explained(connection, found[1].upper(), table, sql)
            and not _found_nothing(found[1].upper(), context)
        ):
            self.changed([owners.table_name(table)], connection.alias)
        return result

    def _saving(self, sender, instance, using, **kwargs):
        verbs = ["UPDATE"] if not instance._state.adding else ["INSERT"]
        if instance._state.adding and instance.pk is not None:
            verbs.append("UPDATE")
        allowed = {(verb, table): 1 for verb in verbs for table in owners.tables_of(sender)}
        _windows(connections[using]).append((id(instance), allowed))

    def _saved(self, sender, instance, created, update_fields, using, **kwargs):
        _close(connections[using], id(instance))
        if _is_draft(instance, update_fields):
            return
        self.changed(owners.names_for(instance, created), using)

    def _deleting(self, sender, instance, using, **kwargs):
        allowed = {("DELETE", table): _ANY_NUMBER for table in owners.tables_of(sender)}
        _windows(connections[using]).append((id(instance), allowed))
        self.changed(owners.names_for(instance), using)

    def _deleted(self, instance, using, **kwargs):
        _close(connections[using], id(instance))

    def _related(self, sender, instance, action, using, **kwargs):
        if action.startswith("pre_"):
            allowed = dict.fromkeys([(verb, sender._meta.db_table) for verb in _VERBS], _ANY_NUMBER)
            _windows(connections[using]).append((id(sender), allowed))
            return
        _close(connections[using], id(sender))
        names = owners.known_names(instance)
        if names is None:
            # The rows between the two are in a table of their own.
            names = [owners.table_name(sender._meta.db_table), *owners.names_for(instance)]
        self.changed(names, using)

    def _migrating(self, **kwargs):
        self._is_migrating = True

    def _migrated(self, using, **kwargs):
        self._is_migrating = False
        if _OWN_TABLE in connections[using].introspection.table_names():
            self.changed([owners.OUTSIDE], using)


_ANY_NUMBER = 1 << 30
_VERBS = ("INSERT", "UPDATE", "DELETE")


class _Renewal:
    """What is done when a transaction is committed; Django drops it where that is rolled back."""

    def __init__(self, slots: Slots | None, name: str, change: int):
        self.slots, self.name, self.change = slots, name, change
        #: Whether its row is written, and nothing since has been taken back.
        self.is_told = True

    def __call__(self):
        if self.slots is not None:
            self.slots.renew(self.name, self.change)


@contextmanager
def changing(names: Collection[str], table: str, using: str | None = None) -> Iterator[None]:
    """Write to a table in a way that no row tells of, such as `update`, and say what that changes.

    Args:
        names: What has a new version afterwards, such as `owners.site_name(7)`; nothing if none.
        table: The one table that is written to here.
    """
    watch = current_watch()
    if watch is None:
        yield
        return
    connection = connections[using or router.db_for_write(PageChange)]
    windows = _windows(connection)
    window = (id(object()), dict.fromkeys([(verb, table) for verb in _VERBS], _ANY_NUMBER))
    windows.append(window)
    try:
        yield
    finally:
        windows[:] = [one for one in windows if one is not window]
    watch.changed(names, connection.alias)


_watch: Watch | None = None


def current_watch() -> Watch | None:
    """Who notices the writes of this process; None where no page is kept."""
    return _watch


def begin(slots: Slots | None) -> Watch:
    """Notice all writes of this process from now on."""
    global _watch
    end()
    _watch = Watch(slots)
    _watch.begin()
    return _watch


def end() -> None:
    """Notice none any more."""
    global _watch
    if _watch is not None:
        _watch.end()
    _watch = None


def _windows(connection) -> list:
    if not hasattr(connection, _WINDOWS):
        setattr(connection, _WINDOWS, [])
    return getattr(connection, _WINDOWS)


def _close(connection, key: int) -> None:
    windows = _windows(connection)
    for at in range(len(windows) - 1, -1, -1):
        if windows[at][0] == key:
            del windows[at]
            return


def _forget_windows(**kwargs):
    for connection in connections.all(initialized_only=True):
        _windows(connection).clear()


def _is_explained(connection, verb, table, sql) -> bool:
    """Whether a row that is being saved or deleted speaks for this write, or no reader meets it."""
    for _key, allowed in reversed(_windows(connection)):
        if allowed.get((verb, table), 0) > 0:
            allowed[verb, table] -= 1
            return True
    return verb == "UPDATE" and table == _PAGE_TABLE and _sets_drafts_alone(sql)


def _found_nothing(verb, context) -> bool:
    """Whether there was no row to write to; of rows that are made, some databases do not say how many."""
    return verb != "INSERT" and context["cursor"].rowcount == 0


def _sets_drafts_alone(sql) -> bool:
    found = _SET.search(sql)
    columns = set(_COLUMN.findall(found[1])) if found else set()
    return bool(columns) and columns <= owners.DRAFT_COLUMNS


def _is_draft(instance, update_fields) -> bool:
    return bool(update_fields) and hasattr(instance, "draft_title") and update_fields <= owners.DRAFT_FIELDS


def _renewals(connection) -> Iterator[_Renewal]:
    for waiting in connection.run_on_commit:
        if isinstance(waiting[1], _Renewal):
            yield waiting[1]


def _is_pending(connection, name) -> bool:
    return any(waiting.is_told and waiting.name == name for waiting in _renewals(connection))


def _tell_again(connection) -> None:
    """Count on no row that was written: going back to a savepoint may take it with it."""
    for waiting in _renewals(connection):
        waiting.is_told = False
