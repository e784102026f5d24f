"""Files of pictures that a page has missed: made once the page is sent, so that nobody waits for them."""

from collections.abc import Iterable
from hashlib import sha256
from threading import Lock

from django.core.cache import cache

from clinicsite.core.page_reading import keep_at_most

#: For how long, in seconds, a file that has been asked for is not asked for again.
ASKED_FOR = 10 * 60

#: For how long, in seconds, a page is kept that lacks one. Once it is made, that is told at once.
KEPT_WITHOUT = 60

_wanted: dict[int, set[str]] = {}
_lock = Lock()


def want(picture, specs: Iterable[str]) -> None:
    """Note that files of a picture are missing, unless somebody has just noted the same."""
    keep_at_most(KEPT_WITHOUT)
    keys = {key_of(picture, f"wanted {spec}"): spec for spec in specs}
    asked = cache.get_many(keys)
    missing = {key: True for key in keys if key not in asked}
    if missing:
        cache.set_many(missing, ASKED_FOR)
        with _lock:
            _wanted.setdefault(picture.pk, set()).update(keys[key] for key in missing)


def key_of(picture, purpose: str) -> str:
    """Where the cache keeps something about the present file of a picture."""
    # Hashed, because some caches take no such letters as stand in a file's name.
    about = sha256(f"{picture.pk} {picture.file.name} {purpose}".encode()).hexdigest()
    return f"clinicsite:picture:{about}"


def taken() -> dict[int, set[str]]:
    """{id of a picture: the files it lacks}, which are from now on the caller's to make."""
    with _lock:
        found = dict(_wanted)
        _wanted.clear()
    return found
