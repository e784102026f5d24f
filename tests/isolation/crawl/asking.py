"""Asking once, and keeping all that came of it; nothing of it stays in the database."""

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.messages import get_messages
from django.core import mail
from django.core.cache import cache
from django.db import connection, transaction
from django.test import Client

from tests.isolation.crawl.belongings import OF_THE_REQUEST, Belongings

METHODS = ("GET", "POST", "HEAD", "PUT", "PATCH", "DELETE")
_WRITES = re.compile(r'^\s*(?:INSERT INTO|INSERT OR IGNORE INTO|UPDATE|DELETE FROM)\s+"(\w+)"', re.IGNORECASE)
#: New in each answer: tokens against forged forms, its moment, how long ago something was, and keys of rows
#: that it made, which PostgreSQL does not give out again.
_NEW_EACH_TIME = re.compile(
    r"""(csrfmiddlewaretoken\\?"? value=\\?"|csrf_?token\\?"?(?:: ?|=)\\?"?|"printedAt": )[\w-]+"""
    r"""|(\b)\d+\s(?:second|minute|hour)s?\b|(?<!\w)799\d{4}(?!\w)""",
    re.IGNORECASE,
)
_PER_ANSWER = {"Content-Length", "Date", "Expires", "Set-Cookie", "ETag", "Last-Modified"}


@dataclass
class Answer:
    """What came of a request.

    `changes` are the rows and files of the neighbour's that are other than before, and what names them now.
    """

    status: int
    headers: dict[str, str]
    body: str
    messages: list[str]
    mails: list[str]
    changes: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All of it that somebody can read."""
        return "\n".join(
            [*(f"{k}: {v}" for k, v in self.headers.items()), self.body, *self.messages, *self.mails]
        )

    def compared(self, address: str, keys: frozenset[str]) -> tuple:
        """What has to be the same for a thing of the neighbour's and for one that never was."""
        headers = {name: value for name, value in self.headers.items() if name not in _PER_ANSWER}
        said = (repr(headers), self.body, *self.messages, *self.mails)
        return self.status, *(without(text, address, keys) for text in said)


def without(text: str, address: str, keys: frozenset[str]) -> str:
    """A text without what the asker has sent themselves, and without what is new each time."""
    for sent in (address, *keys):
        text = text.replace(sent, "…")
    return _NEW_EACH_TIME.sub(lambda found: found[1] or "", text)


class Asking:
    """Asks as one person, and undoes what came of it each time."""

    def __init__(self, browser: Client, belongings: Belongings):
        self.browser, self.belongings = browser, belongings
        # What is made for whoever comes first, such as a profile, is not made again by each request.
        browser.get("/admin/")

    def ask(self, method: str, url: str, form: dict | None = None) -> Answer:
        """Send a request with a method; a form as the browser would send it."""
        mail.outbox = []
        with _undone(), _tables_written() as written:
            response = self._send(method, url, form)
            answer = Answer(
                response.status_code,
                {name: str(value) for name, value in response.items()},
                _body(response),
                [str(one) for one in get_messages(response.wsgi_request)],
                [str(one.message()) for one in mail.outbox],
            )
            answer.headers["Set-Cookie"] = "; ".join(sorted(response.cookies))
            written -= OF_THE_REQUEST
            if written:
                answer.changes = self.belongings.changes(written)
        if written:
            # What was read meanwhile is of a state that never was.
            cache.clear()
        return answer

    def _send(self, method, url, form):
        kept = self.browser.cookies.copy()
        send = getattr(self.browser, method.lower())
        if method == "POST":
            response = send(url, form or {})
        elif method in ("PUT", "PATCH"):
            response = send(url, b"{}", content_type="application/json")
        else:
            response = send(url)
        self.browser.cookies = kept
        return response


@contextmanager
def _undone() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def _tables_written() -> Iterator[set[str]]:
    written: set[str] = set()

    def note(execute, sql, params, many, context):
        if found := _WRITES.match(sql):
            written.add(found[1])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written


def _body(response) -> str:
    content = b"".join(response.streaming_content) if response.streaming else response.content
    if content[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            content = b"".join(parts.read(name) for name in parts.namelist())
    return content.decode("utf-8", "replace")
