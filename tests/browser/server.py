"""A real server with the real demo, for a real browser."""

import gzip
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from pathlib import Path

from tests.commands import ROOT, environment, manage

PASSWORD = "calm-needle-2026"
#: Seconds a server may take to answer for the first time.
START_SECONDS = 60


@dataclass(frozen=True)
class Answer:
    """What the server sent for one address."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def compressed_size(self) -> int:
        """Bytes on the way to a patient, as gzip sends them."""
        return len(gzip.compress(self.body, 6, mtime=0))


@dataclass(frozen=True)
class DemoServer:
    """Where the demo is served, and what the server stands on."""

    port: int
    environment: dict[str, str]
    #: Username -> the cookies of somebody who has signed in.
    sessions: dict[str, list] = field(default_factory=dict)

    def url(self, clinic: str, path: str = "/") -> str:
        """An address on a clinic's host."""
        return f"http://{clinic}.localhost:{self.port}{path}"

    def agency_url(self, path: str = "/") -> str:
        """An address on the agency's host."""
        return f"http://localhost:{self.port}{path}"

    def get(self, clinic: str, path: str = "/") -> Answer:
        """What the server sends to something that is no browser, and need not resolve the clinic's host."""
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request("GET", path, headers={"Host": f"{clinic}.localhost:{self.port}"})
            answer = connection.getresponse()
            return Answer(answer.status, dict(answer.getheaders()), answer.read())

    def run(self, code: str) -> None:
        """Run Python code beside the server, on its database: for what no screen allows."""
        manage(self.environment, "shell", "--no-imports", "-c", code)


@contextmanager
def demo_server(database_url: str, folder: Path, port: int) -> Iterator[DemoServer]:
    """Serve the demo that was built for a port; nobody else may work on its database or in its `folder`."""
    settings = environment(database_url, folder / "media", port)
    command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"]
    with (folder / "server.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(port, process)
        yield DemoServer(port, settings)
    finally:
        process.terminate()
        process.wait(timeout=30)


@contextmanager
def fresh_demo_server() -> Iterator[DemoServer]:
    """Build the demo from nothing and serve it, outside the tests."""
    with tempfile.TemporaryDirectory(prefix="clinicsite-") as folder:
        database_url = f"sqlite:///{folder}/db.sqlite3"
        port = free_port()
        settings = environment(database_url, Path(folder) / "media", port)
        manage(settings, "migrate", "--verbosity", "0")
        manage(settings, "build_demo", "--port", str(port))
        with demo_server(database_url, Path(folder), port) as server:
            yield server


def free_port() -> int:
    """A port that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


def _wait_for(port: int, process: subprocess.Popen) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise RuntimeError(f"The demo's server ended with code {process.returncode}.")
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/", headers={"Host": f"localhost:{port}"})
            connection.getresponse()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise RuntimeError(f"The demo's server did not answer within {START_SECONDS} seconds.")
