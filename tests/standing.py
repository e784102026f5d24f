"""What most tests begin with, such as a clinic: made once, and left standing in the database between tests.

It lies in a transaction that stays open round the transactions of tests, each thing in a savepoint on top
of those before it. A test that wants fewer has the topmost undone, one that wants more has them added. It is
given copies of the objects, so that what it changes in memory is gone with it too.
"""

import pickle
from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

from django.db import transaction

from tests.factories import ClinicFactory, library_root
from tests.library.pages import follower_of, library_treatment

#: What can be left standing, in the order in which it is piled up: name -> what makes it of those below it.
MAKERS: dict[str, Callable] = {
    "clinic": lambda: ClinicFactory(hostname="north.localhost", name="North Clinic"),
    "library": library_root,
    "treatment": library_treatment,
    "follower": follower_of,
    "other_clinic": lambda: ClinicFactory(hostname="south.localhost", name="South Clinic"),
}
#: Name -> those that its maker is given.
NEEDS = {"treatment": ("library",), "follower": ("treatment", "clinic")}

#: Whose fixtures these are; the others are those of all tests.
FOLDERS = {"treatment": "tests/library", "follower": "tests/library"}
#: A module that has one of these fixtures has nothing standing.
ALONE = {"kept_database", "built_demo", "kept_version", "live_server", "transactional_db"}


def make(name: str, *below):
    """Make one of these things: `make("treatment", library)`."""
    return MAKERS[name](*below)


@dataclass
class Layer:
    """One thing that stands, its savepoint, and it and all below it as bytes."""

    name: str
    thing: object
    atomic: transaction.Atomic
    copy: bytes = b""


@dataclass
class Pile:
    """What stands in the database of this process.

    Args:
        unblock: Lets the database be used for the length of a `with`, as pytest-django's blocker does.
    """

    unblock: Callable[[], AbstractContextManager]
    layers: list[Layer] = field(default_factory=list)

    def bring(self, names: set[str]) -> dict[str, object]:
        """Let just these things stand; returns copies, in which one is the other's as before."""
        wanted = [name for name in MAKERS if name in names]
        with self.unblock():
            while [layer.name for layer in self.layers] != wanted[: len(self.layers)]:
                self._undo()
            for name in wanted[len(self.layers) :]:
                self._add(name)
        return pickle.loads(self.layers[-1].copy) if self.layers else {}

    def clear(self):
        """Let nothing stand."""
        with self.unblock():
            while self.layers:
                self._undo()

    def _add(self, name):
        atomic = transaction.atomic()
        atomic.__enter__()
        layer = Layer(name, None, atomic)
        self.layers.append(layer)
        things = {one.name: one.thing for one in self.layers}
        layer.thing = things[name] = make(name, *(things[needed] for needed in NEEDS.get(name, ())))
        layer.copy = pickle.dumps(things)

    def _undo(self):
        layer = self.layers.pop()
        transaction.set_rollback(True)
        layer.atomic.__exit__(None, None, None)


def wanted_by(item) -> set[str]:
    """What a test may find standing: what it asks for, unless its module makes one of that name."""
    found: set[str] = set()
    for name in MAKERS:
        definitions = item._fixtureinfo.name2fixturedefs.get(name)
        is_ours = bool(definitions) and definitions[-1].baseid == FOLDERS.get(name, "tests")
        if is_ours and found.issuperset(NEEDS.get(name, ())):
            found.add(name)
    return found


def needs_the_database_to_itself(item) -> bool:
    """Whether a test changes databases, has real transactions, or keeps what a module needs."""
    mark = item.get_closest_marker("django_db")
    has_transactions = mark is not None and bool(mark.kwargs.get("transaction"))
    is_indexed = item.get_closest_marker("indexed") is not None
    return has_transactions or is_indexed or not ALONE.isdisjoint(item.fixturenames)
