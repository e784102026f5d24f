"""The pages that are kept: in each process's memory, and in files for all processes of a machine."""

import gzip
import json
import os
import secrets
import struct
from collections import OrderedDict
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from threading import Lock

#: Bytes of pages that a process keeps in its memory.
MOST_IN_MEMORY = 32 * 1024 * 1024
#: How many addresses a process remembers whose answers are not kept.
MOST_UNKEPT = 4096
#: How many files there are at most; a page whose name falls on another's file takes its place.
FILES = 1 << 13
#: A page above this, in bytes, is not kept.
LARGEST = 2 * 1024 * 1024
_LENGTHS = struct.Struct("=II")


@dataclass(frozen=True)
class KeptPage:
    """An answer as it was sent, and what it was made from.

    Args:
        key: The address and the release that it answers for.
        status: Such as "200 OK".
        headers: All but those that belong to one answer, such as its length.
        etag: The name of its content (RFC 9110, 8.8.3), with quotes.
        site_id: The clinic's site.
        file: The number of the file of versions that `versions` are from.
        versions: Pairs of a place and the version it must still have.
        until: From when it may read otherwise by itself, in seconds since 1970.
        plain: Its content.
        compressed: {encoding: its content so}.
    """

    key: str
    status: str
    headers: tuple[tuple[str, str], ...]
    etag: str
    site_id: int
    file: int
    versions: tuple[tuple[int, int], ...]
    until: float
    plain: bytes
    compressed: dict[str, bytes]

    @cached_property
    def size(self) -> int:
        """What it takes in memory, in bytes, about."""
        return 4096 + len(self.plain) + sum(map(len, self.compressed.values()))


class Memory:
    """What a process keeps for itself: the pages last asked for."""

    def __init__(self, most: int = MOST_IN_MEMORY):
        self.most = most
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()
        self._size = 0
        self._lock = Lock()
        self._unkept: OrderedDict[str, None] = OrderedDict()

    def note_unkept(self, key: str) -> None:
        """Remember that an address's answers are not kept, so that nobody waits for another to render it."""
        with self._lock:
            self._unkept[key] = None
            self._unkept.move_to_end(key)
            if len(self._unkept) > MOST_UNKEPT:
                self._unkept.popitem(last=False)

    def is_unkept(self, key: str) -> bool:
        """Whether the last answer for an address was not kept."""
        return key in self._unkept

    def get(self, key: str) -> KeptPage | None:
        """The page of a key, which may be out of date, or None."""
        with self._lock:
            page = self._pages.get(key)
            if page is not None:
                self._pages.move_to_end(key)
            return page

    def pages(self) -> list[KeptPage]:
        """All pages that are kept here, up to date or not."""
        with self._lock:
            return list(self._pages.values())

    def keep(self, page: KeptPage) -> None:
        """Keep a page, and let go of those asked for longest ago where there is no room."""
        with self._lock:
            self._unkept.pop(page.key, None)
            self._drop(page.key)
            self._pages[page.key] = page
            self._size += page.size
            while self._size > self.most:
                self._drop(next(iter(self._pages)))

    def _drop(self, key):
        page = self._pages.pop(key, None)
        self._size -= page.size if page else 0


class Files:
    """What all processes of a machine share: a file a page, in a folder that grows to a size only."""

    def __init__(self, folder: Path):
        self.folder = folder / "pages"

    def get(self, key: str) -> KeptPage | None:
        """The page of a key, or None: also where its file is another's, damaged or gone."""
        try:
            return _unpacked(self._path(key).read_bytes(), key)
        except FileNotFoundError:
            return None

    def keep(self, page: KeptPage) -> None:
        """Write the page beside, then put it in its place: a reader finds all of it or what was there.

        Raises:
            OSError: The disk is full, or not ours to write.
        """
        path = self._path(page.key)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        temporary = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
        try:
            temporary.write_bytes(_packed(page))
            os.replace(temporary, path)
        finally:
            temporary.unlink(missing_ok=True)

    def _path(self, key):
        number = int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) % FILES
        return self.folder / f"{number % 64:02d}" / str(number)


def compressed(content: bytes) -> dict[str, bytes]:
    """The content in each encoding that we can send, the smallest first."""
    found = {"gzip": gzip.compress(content, 6, mtime=0)}
    if brotli is not None:
        found = {"br": brotli.compress(content, quality=5)} | found
    return found


try:
    import brotli
except ImportError:
    brotli = None


def _packed(page: KeptPage) -> bytes:
    parts = {**page.compressed, "": page.plain}
    head = asdict(page) | {"plain": None, "compressed": [(name, len(part)) for name, part in parts.items()]}
    encoded = json.dumps(head).encode()
    body = b"".join(parts.values())
    return _LENGTHS.pack(len(encoded), len(body)) + encoded + body


def _unpacked(stored: bytes, key: str) -> KeptPage | None:
    if len(stored) < _LENGTHS.size:
        return None
    head_length, body_length = _LENGTHS.unpack_from(stored)
    at = _LENGTHS.size + head_length
    if len(stored) != at + body_length:
        return None
    head = json.loads(stored[_LENGTHS.size : at])
    if head["key"] != key:
        return None
    parts = {}
    for name, length in head["compressed"]:
        parts[name] = stored[at : at + length]
        at += length
    plain = parts.pop("")
    return KeptPage(
        **head
        | {
            "headers": tuple(map(tuple, head["headers"])),
            "versions": tuple(map(tuple, head["versions"])),
            "plain": plain,
            "compressed": parts,
        }
    )
