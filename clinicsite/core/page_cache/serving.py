"""Stands before Django as a WSGI application: answers with what is kept, and keeps what Django answers.

A page that is kept costs no middleware, no URL pattern, no session and no query. Whatever is not sure to be
the same for everybody goes on to Django: other methods, query strings that no page knows, and browsers with
a cookie of ours.
"""

import fcntl
import gzip
import logging
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.conf import settings

from clinicsite.core.page_cache import owners, slots
from clinicsite.core.page_cache.answers import Answer, Body, StartResponse, give
from clinicsite.core.page_cache.kept import LARGEST, Files, KeptPage, Memory, compressed
from clinicsite.core.page_cache.slots import Slots
from clinicsite.core.page_reading import CARRIED, Reading, forget_structure, known_parameters

logger = logging.getLogger(__name__)

#: Those that say where a reader came from; no page reads them.
TRACKING = frozenset(
    {"fbclid", "gclid", "msclkid", "mc_cid", "mc_eid", "igshid", "gad_source", "gbraid", "wbraid"}
)
TRACKING_PREFIX = "utm_"
#: What is kept: pages, and that there is none.
KEPT_STATUSES = frozenset({"200", "404", "410"})
#: Seconds for which an address without a page is kept, and in this process alone: there is no end of them.
KEPT_WITHOUT_PAGE = 60
#: How long, in seconds, others than the first wait for a page to be rendered before they do it themselves.
PATIENCE = 5.0
#: Headers of one answer, not of a page; what is kept gets its own.
OF_ONE_ANSWER = frozenset(
    {"content-length", "content-encoding", "etag", "vary", "date", "cache-control", "connection"}
)


class PageCache:
    """A WSGI application round Django's.

    Args:
        application: What answers where nothing is kept.
        folder: Where all processes of the machine share what is kept.
        release: A word that is new with each release of the project: pages of another are not shown.
        slots: The versions; those of the folder unless given.
    """

    def __init__(self, application, folder: Path, release: str = "", versions: Slots | None = None):
        self.application = application
        self.release = release
        self.slots = versions or Slots(folder)
        self.memory = Memory()
        self.files = Files(folder)
        self.locks = folder / "locks"
        self._seen = 0
        self._trusts_forwarded = bool(settings.SECURE_PROXY_SSL_HEADER)
        self._cookies = (settings.SESSION_COOKIE_NAME, *COOKIES_OF_OURS)
        self._files_below = tuple(
            f"/{url.lstrip('/')}" for url in (settings.STATIC_URL, settings.MEDIA_URL) if url
        )

    def __call__(self, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
        key = self._key(environ)
        if isinstance(key, Bypass):
            answer = Answer()
            body = self.application(environ, answer)
            answer.pass_on(environ, start_response, f"bypass; {key}")
            return body
        page = self._found(key)
        if page is None and self.memory.is_unkept(key):
            return self._rendered(key, environ, start_response)
        if page is None:
            with self._alone(key) as has_waited:
                page = self._found(key) if has_waited else None
                if page is None:
                    return self._rendered(key, environ, start_response)
        self.slots.count(page.site_id, slots.HIT)
        return give(page, environ, start_response)

    def standing(self) -> Iterator[tuple[str, str]]:
        """The host and the path of each page in this process's memory that would be given out now."""
        for page in self.memory.pages():
            if self._stands(page):
                _release, _scheme, _forwarded, host, script, path, query = page.key.split("\n")
                yield host, f"{script}{path}?{query}" if query else script + path

    def _key(self, environ) -> "str | Bypass":
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD"):
            return Bypass("method")
        if environ.get("PATH_INFO", "").startswith(self._files_below):
            return Bypass("file")
        if "HTTP_RANGE" in environ or "HTTP_AUTHORIZATION" in environ:
            return Bypass("asks for more")
        if "HTTP_X_FORWARDED_HOST" in environ and settings.USE_X_FORWARDED_HOST:
            return Bypass("forwarded host")
        cookies = environ.get("HTTP_COOKIE", "")
        if cookies and any(f"{name}=" in cookies for name in self._cookies):
            return Bypass("cookie")
        query = _meant(environ.get("QUERY_STRING", ""))
        if query is None:
            return Bypass("query")
        scheme = environ["wsgi.url_scheme"]
        forwarded = environ.get("HTTP_X_FORWARDED_PROTO", "") if self._trusts_forwarded else ""
        host = environ.get("HTTP_HOST", "").lower()
        # Some servers take the first from a header: together they would be another page's address.
        script, path = environ.get("SCRIPT_NAME", ""), environ.get("PATH_INFO", "")
        parts = (self.release, scheme, forwarded, host, script, path, query)
        if any("\n" in part for part in parts):
            return Bypass("address")
        return "\n".join(parts)

    def _found(self, key: str) -> KeptPage | None:
        page = self.memory.get(key)
        if page is None or not self._stands(page):
            page = self._read(key)
        return page

    def _read(self, key):
        try:
            page = self.files.get(key)
        except (OSError, ValueError, KeyError, TypeError) as error:
            logger.error("A kept page cannot be read: %s", error)
            return None
        if page is None or not self._stands(page):
            return None
        self.memory.keep(page)
        return page

    def _stands(self, page: KeptPage) -> bool:
        return page.file == self.slots.file and page.until > time.time() and self.slots.stand(page.versions)

    def _rendered(self, key, environ, start_response):
        """Have Django answer, and keep that if nothing at all has changed meanwhile."""
        reading = environ[CARRIED] = Reading()
        before, file = self.slots.any, self.slots.file
        if before != self._seen:
            forget_structure()
            self._seen = before
        is_head = environ["REQUEST_METHOD"] == "HEAD"
        answer = Answer()
        body = self.application(environ, answer)
        if answer.sets_cookie:
            reading.site_id, reading.why_not = None, "sets a cookie"
        if reading.site_id is None or is_head or answer.code not in KEPT_STATUSES:
            self.memory.note_unkept(key)
            answer.pass_on(environ, start_response, f"miss; not kept: {reading.why_not or answer.code}")
            return body
        content = b"".join(body)
        if answer.is_gzipped:
            content = gzip.decompress(content)
        self.slots.count(reading.site_id, slots.MISS)
        page = self._page(key, answer, content, reading, file)
        is_same = self.slots.any == before and self.slots.file == file
        if is_same and len(content) <= LARGEST:
            self._keep(page)
        state = "miss" if is_same else "miss; not kept: changed meanwhile"
        return Body(give(page, environ, start_response, state), body)

    def _page(self, key, answer, content, reading, file) -> KeptPage:
        names = [owners.OUTSIDE, owners.site_name(reading.site_id), *map(owners.table_name, reading.tables)]
        places = sorted({self.slots.place(name) for name in names})
        until = reading.until if answer.code == "200" else min(reading.until, time.time() + KEPT_WITHOUT_PAGE)
        headers = [(name, value) for name, value in answer.headers if name.lower() not in OF_ONE_ANSWER]
        return KeptPage(
            key=key,
            status=answer.status,
            headers=tuple(headers),
            etag=f'"{blake2b(content, digest_size=12).hexdigest()}"',
            site_id=reading.site_id,
            file=file,
            versions=tuple((place, self.slots.version(place)) for place in places),
            until=until,
            plain=content,
            compressed=compressed(content),
        )

    def _keep(self, page):
        self.memory.keep(page)
        if page.status.startswith("200"):
            try:
                self.files.keep(page)
            except OSError as error:
                logger.error("A page cannot be kept for other processes: %s", error)

    @contextmanager
    def _alone(self, key: str) -> Iterator[bool]:
        """Be the only one on this machine to render an address; says whether another did so meanwhile.

        The lock is the operating system's, so that it is gone with a process that dies.
        """
        try:
            self.locks.mkdir(mode=0o700, parents=True, exist_ok=True)
            name = int.from_bytes(blake2b(key.encode(), digest_size=8).digest()) % 256
            file = (self.locks / str(name)).open("ab")
        except OSError as error:
            logger.error("Pages cannot be rendered one at a time: %s", error)
            yield False
            return
        with file:
            yield _locked_after_a_wait(file)


class Bypass(str):
    """Why an address is not even looked for among what is kept."""


#: Cookies that open what is closed to others; a browser that has one is never given what is kept.
COOKIES_OF_OURS: list[str] = []


def register_cookie(name: str) -> None:
    """Have whoever sends this cookie answered by Django alone."""
    if name not in COOKIES_OF_OURS:
        COOKIES_OF_OURS.append(name)


def _meant(query: str) -> str | None:
    """The query string without what no page reads, in one order; None where a page may read it otherwise."""
    if not query:
        return ""
    pairs = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True)
        if name not in TRACKING and not name.startswith(TRACKING_PREFIX)
    ]
    names = [name for name, _value in pairs]
    if len(set(names)) < len(names) or not set(names) <= known_parameters():
        return None
    return urlencode(sorted(pairs))


def _locked_after_a_wait(file) -> bool:
    end = time.monotonic() + PATIENCE
    has_waited = False
    while time.monotonic() < end:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            has_waited = True
            time.sleep(0.01)
        else:
            return has_waited
    return has_waited
