"""The versions of everything that kept pages are made from, shared by all processes of one machine.

A file of numbers is mapped into each process's memory: to see that something has changed costs no system
call, no lock and no network. A name, such as `site:7`, has its number at a place that is worked out from the
name; two names that fall together are renewed together, which costs a rendering and is never wrong.
"""

import mmap
import os
import secrets
import struct
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

#: How many names have a number of their own, about.
NAMES = 1 << 15
#: How many changes are remembered as known, so that hearing of one again renews nothing.
KNOWN = 1 << 13
#: How many clinics' answers are counted.
COUNTED = 1 << 12
#: Ways to answer that are counted for each clinic.
HIT, MISS = 0, 1

_NUMBER = struct.Struct("=Q")
_SIZE = _NUMBER.size
#: Numbers at the beginning: which file this is, the newest change, when the database was last asked.
_FILE, _ANY, _ASKED, _FIRST = range(4)
_KNOWN_AT = _FIRST + NAMES
_COUNTS_AT = _KNOWN_AT + KNOWN
_LENGTH = (_COUNTS_AT + 2 * COUNTED) * _SIZE


class Slots:
    """The file of versions in a folder, made where it is missing.

    Args:
        folder: Where it lies; all processes of the machine must be given the same.
    """

    def __init__(self, folder: Path):
        self.path = folder / "versions"
        self._open()

    def _open(self) -> None:
        self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if self.path.is_file() and self.path.stat().st_size != _LENGTH:
            self.path.unlink()
        if not self.path.is_file():
            _make(self.path)
        with self.path.open("r+b") as file:
            self._inode = os.fstat(file.fileno()).st_ino
            self._numbers = memoryview(mmap.mmap(file.fileno(), _LENGTH)).cast("Q")

    def reopen_if_replaced(self) -> None:
        """Go on with the file that lies there now, where somebody has removed the one that was opened."""
        try:
            is_same = self.path.stat().st_ino == self._inode
        except FileNotFoundError:
            is_same = False
        if not is_same:
            self._open()

    @property
    def file(self) -> int:
        """The number of this file; versions of another mean nothing here."""
        return self._numbers[_FILE]

    @property
    def any(self) -> int:
        """A number that is new with each change, of whatever."""
        return self._numbers[_ANY]

    @property
    def asked_at(self) -> int:
        """When a process of this machine last asked the database for changes, in seconds since 1970."""
        return self._numbers[_ASKED]

    @asked_at.setter
    def asked_at(self, seconds: int) -> None:
        self._numbers[_ASKED] = seconds

    def place(self, name: str) -> int:
        """Where the version of a name stands."""
        return _FIRST + int.from_bytes(blake2b(name.encode(), digest_size=8).digest()) % NAMES

    def version(self, place: int) -> int:
        """The version at a place."""
        return self._numbers[place]

    def stand(self, versions) -> bool:
        """Whether all these are still so: pairs of a place and the version it had."""
        numbers = self._numbers
        return all(numbers[place] == version for place, version in versions)

    def start_anew(self) -> None:
        """Let nothing that is kept stand any more."""
        self._numbers[_ANY] = secrets.randbits(64)
        self._numbers[_FILE] = secrets.randbits(64)

    def renew(self, name: str, change: int) -> None:
        """Give a name a version that it has never had, for a change that is known from now on.

        That something has changed is said first: whoever sees the new version must not take it for one that
        was there when he began to read. The version is no number of the change: heard of a second time, it
        would bring back what stood before a later one.
        """
        self._numbers[_ANY] = secrets.randbits(64)
        self._numbers[self.place(name)] = secrets.randbits(64)
        self._numbers[_KNOWN_AT + change % KNOWN] = change

    def knows(self, change: int) -> bool:
        """Whether a change has been heard of here; False too where another has taken its place since."""
        return self._numbers[_KNOWN_AT + change % KNOWN] == change

    def count(self, site_id: int, way: int) -> None:
        """Count an answer for a clinic. Two processes at the same moment may count one."""
        self._numbers[_COUNTS_AT + 2 * (site_id % COUNTED) + way] += 1

    def counted(self, site_id: int) -> tuple[int, int]:
        """How often a clinic's pages were answered from what is kept, and how often rendered."""
        at = _COUNTS_AT + 2 * (site_id % COUNTED)
        return self._numbers[at + HIT], self._numbers[at + MISS]


def new_change() -> int:
    """The number of a change, different from every other; fits the signed column of a database."""
    return secrets.randbits(62) + 1


def _make(path: Path) -> None:
    """Make the file whole under another name first, and leave one that another process has made meanwhile.

    No process may find half of one, nor go on with one that is not there for the others.
    """
    temporary = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    with temporary.open("wb") as file:
        file.write(_NUMBER.pack(secrets.randbits(64)))
        file.truncate(_LENGTH)
    with suppress(FileExistsError):
        os.link(temporary, path)
    temporary.unlink()
