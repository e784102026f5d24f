import io
import sys
from dataclasses import dataclass, field

import pytest
from django.core.wsgi import get_wsgi_application

from clinicsite.core.page_cache import changes
from clinicsite.core.page_cache.answers import STATE_HEADER
from clinicsite.core.page_cache.serving import PageCache
from clinicsite.core.page_cache.slots import Slots


@dataclass
class Got:
    """An answer as a server would send it."""

    status: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""

    @property
    def state(self):
        return self.headers.get(STATE_HEADER)


def ask(application, path="/", *, host="north.localhost", method="GET", **more):
    """What a WSGI application answers to a request."""
    path, _, query = path.partition("?")
    environ = {
        "REQUEST_METHOD": method,
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": host,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
        **more,
    }
    got = Got()

    def start_response(status, headers, exc_info=None):
        assert exc_info is None
        got.status, got.headers = status, dict(headers)

    body = application(environ, start_response)
    got.body = b"".join(body)
    if hasattr(body, "close"):
        body.close()
    return got


@pytest.fixture
def slots(tmp_path):
    """Versions of this test's own."""
    return Slots(tmp_path / "kept")


@pytest.fixture
def kept_pages(slots, tmp_path, settings):
    """The project with its pages kept, as a server runs it; for tests whose transactions are committed."""
    settings.CLINICSITE = settings.CLINICSITE | {"PAGE_CACHE": True}
    changes.begin(slots)
    yield PageCache(get_wsgi_application(), tmp_path / "kept", "one", slots)
    changes.end()
