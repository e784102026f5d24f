"""What goes out to a browser: a kept page in the form it takes, or Django's own answer as it came."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from clinicsite.core.page_cache.kept import KeptPage
from clinicsite.core.page_reading import OF_A_CLINIC

StartResponse = Callable[..., Any]

#: Seconds for which a proxy may show a page without asking, and show an old one while it asks.
SHARED_SECONDS, WHILE_ASKING = 10, 30
#: Says of a clinic's page whether this came from what is kept.
STATE_HEADER = "X-Clinicsite-Cache"


@dataclass
class Answer:
    """What an application says it answers, before that is passed on."""

    status: str = ""
    headers: list[tuple[str, str]] = field(default_factory=list)
    error: Any = None

    def __call__(self, status, headers, exc_info=None):
        self.status, self.headers, self.error = status, headers, exc_info
        return _no_writing

    @property
    def code(self) -> str:
        """The three digits of the status."""
        return self.status[:3]

    @property
    def is_gzipped(self) -> bool:
        """Whether its content is compressed."""
        return any(name.lower() == "content-encoding" and value == "gzip" for name, value in self.headers)

    @property
    def sets_cookie(self) -> bool:
        """Whether it is for one browser alone."""
        return any(name.lower() == "set-cookie" for name, _value in self.headers)

    def pass_on(self, environ: dict[str, Any], start_response: StartResponse, state: str) -> None:
        """Say the same to the server; of a clinic's page, why it did not come from what is kept."""
        more = [(STATE_HEADER, state)] if environ.get(OF_A_CLINIC) else []
        start_response(self.status, [*self.headers, *more], self.error)


class Body(list[bytes]):
    """What is sent in place of what Django has answered, which is told when that is done."""

    def __init__(self, parts: Iterable[bytes], instead_of):
        super().__init__(parts)
        self._instead_of = instead_of

    def close(self) -> None:
        """Let Django do what it has left until the answer was sent."""
        if hasattr(self._instead_of, "close"):
            self._instead_of.close()


def give(
    page: KeptPage, environ: dict[str, Any], start_response: StartResponse, state: str = "hit"
) -> list[bytes]:
    """Send a page as the browser takes it, or that it has it already."""
    encoding = _encoding(environ.get("HTTP_ACCEPT_ENCODING", ""), page.compressed)
    content = page.compressed[encoding] if encoding else page.plain
    etag = f'{page.etag[:-1]}-{encoding}"' if encoding else page.etag
    left = max(0, int(page.until - time.time()))
    seconds = min(SHARED_SECONDS, left)
    headers = [
        *page.headers,
        ("ETag", etag),
        ("Vary", "Accept-Encoding"),
        (
            "Cache-Control",
            f"public, max-age=0, s-maxage={seconds}, stale-while-revalidate={min(WHILE_ASKING, left)}",
        ),
        (STATE_HEADER, state),
    ]
    if page.status.startswith("200") and _has_it(environ, page, etag):
        start_response("304 Not Modified", [pair for pair in headers if pair[0].lower() != "content-type"])
        return []
    if encoding:
        headers.append(("Content-Encoding", encoding))
    headers.append(("Content-Length", str(len(content))))
    start_response(page.status, headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [content]


def _encoding(accepted: str, there) -> str:
    """The first of our encodings that a browser takes (RFC 9110, 12.5.3); empty for none."""
    wanted = {}
    for item in accepted.lower().split(","):
        name, _, parameter = item.strip().partition(";")
        wanted[name.strip()] = parameter.replace(" ", "") not in ("q=0", "q=0.0", "q=0.00", "q=0.000")
    return next((name for name in there if wanted.get(name, wanted.get("*", False) and name == "gzip")), "")


def _has_it(environ, page: KeptPage, etag: str) -> bool:
    """Whether the browser has this very content (RFC 9110, 13.1.2 and 13.1.3)."""
    condition = environ.get("HTTP_IF_NONE_MATCH", "")
    if condition:
        tags = [tag.strip().removeprefix("W/") for tag in condition.split(",")]
        return condition.strip() == "*" or etag in tags
    changed = next((value for name, value in page.headers if name.lower() == "last-modified"), None)
    return changed is not None and environ.get("HTTP_IF_MODIFIED_SINCE") == changed


def _no_writing(content):
    # PEP 3333 has it for frameworks older than itself.
    raise NotImplementedError("Django writes no answer itself; it gives what is to be written.")
