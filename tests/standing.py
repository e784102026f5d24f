"""What many tests begin with, such as a clinic: made once, and left standing in the database between tests.

    @standing
    def page(clinic):
        return StandardPageFactory(parent=clinic.home)

It lies in a transaction that stays open round the transactions of tests, each thing in a savepoint on top
of those before it. A test that wants fewer has the topmost undone, one that wants more has them added. It is
given copies of the objects, so that what it changes in memory is gone with it too.
"""

import inspect
import pickle
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field

import pytest
from django.db import transaction

#: A module that has one of these fixtures has nothing standing.
ALONE = {"kept_database", "built_demo", "kept_version", "live_server", "transactional_db"}


@dataclass(frozen=True)
class Maker:
    """What makes a thing of those that its function names.

    Args:
        name: Of the fixture.
        module: Where its function stands.
        make: The function.
        is_topmost: Whether few tests want it, so that it is put on top of the others.
    """

    name: str
    module: str
    make: Callable
    is_topmost: bool

    @property
    def needs(self) -> tuple[str, ...]:
        """The names of the things that it is made of."""
        return tuple(inspect.signature(self.make).parameters)


#: (module, name of the fixture) -> what makes it, in the order of definition.
_makers: dict[tuple[str, str], Maker] = {}


def standing(make=None, *, is_topmost=False):
    """Make a fixture of a function that makes rows, given nothing but other things that are left standing.

    What it returns must survive being pickled, and the rows must be all that it makes: no files.
    """
    if make is None:
        return lambda function: standing(function, is_topmost=is_topmost)
    maker = Maker(make.__name__, make.__module__, make, is_topmost)
    _makers[maker.module, maker.name] = maker

    def fixture(db, _standing, **things):
        return _standing[maker.name] if _standing and maker.name in _standing else make(**things)

    fixture.__name__, fixture.__doc__, fixture.__module__ = make.__name__, make.__doc__, make.__module__
    names = ("db", "_standing", *maker.needs)
    fixture.__signature__ = inspect.Signature(
        [inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY) for name in names]
    )
    fixture.maker = maker
    return pytest.fixture(fixture)


@dataclass
class Layer:
    """One thing that stands, its savepoint, and it and all below it as bytes: name -> thing."""

    maker: Maker
    atomic: transaction.Atomic
    copy: bytes


@dataclass
class Pile:
    """What stands in the database of this process.

    Args:
        unblock: Lets the database be used for the length of a `with`, as pytest-django's blocker does.
    """

    unblock: Callable[[], AbstractContextManager]
    layers: list[Layer] = field(default_factory=list)

    def bring(self, makers: list[Maker]) -> dict[str, object]:
        """Let just these things stand; returns copies, in which one is the other's as before."""
        with self.unblock():
            while [layer.maker for layer in self.layers] != makers[: len(self.layers)]:
                self._undo()
            for maker in makers[len(self.layers) :]:
                self._add(maker)
        return self._copies()

    def clear(self):
        """Let nothing stand."""
        with self.unblock():
            while self.layers:
                self._undo()

    def _copies(self):
        return pickle.loads(self.layers[-1].copy) if self.layers else {}

    def _add(self, maker):
        atomic = transaction.atomic()
        atomic.__enter__()
        # Of copies: what making it does to the others in memory is undone with it.
        things = self._copies()
        try:
            things[maker.name] = maker.make(**{name: things[name] for name in maker.needs})
            self.layers.append(Layer(maker, atomic, pickle.dumps(things)))
        except Exception:
            _undo(atomic)
            raise

    def _undo(self):
        _undo(self.layers.pop().atomic)


def _undo(atomic):
    transaction.set_rollback(True)
    atomic.__exit__(None, None, None)


def wanted_by(item) -> list[Maker]:
    """What a test may find standing, in the order in which it is piled up.

    A thing is left out that is made of something else: of a fixture that this module makes in its own way.
    """
    asked = [definitions[-1] for definitions in item._fixtureinfo.name2fixturedefs.values()]
    makers = {one.func.maker for one in asked if hasattr(one.func, "maker")}
    return list(_piled([maker for maker in _makers.values() if maker in makers]))


def _piled(makers: list[Maker]) -> Iterable[Maker]:
    """Those that can be made, each after what it needs, and else as defined."""
    waiting = sorted(makers, key=lambda maker: maker.is_topmost)
    found: set[str] = set()
    while ready := next((maker for maker in waiting if found.issuperset(maker.needs)), None):
        waiting.remove(ready)
        found.add(ready.name)
        yield ready


def needs_the_database_to_itself(item) -> bool:
    """Whether a test changes databases, has real transactions, or keeps what a module needs."""
    mark = item.get_closest_marker("django_db")
    has_transactions = mark is not None and bool(mark.kwargs.get("transaction"))
    is_indexed = item.get_closest_marker("indexed") is not None
    return has_transactions or is_indexed or not ALONE.isdisjoint(item.fixturenames)
