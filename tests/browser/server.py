"""A real server with the real demo, for a real browser: built once a test run, copied for each process."""

import fcntl
import gzip
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

ROOT = Path(__file__).parents[2]
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
    """Where the demo is served, and the folder of its database and files."""

    port: int
    folder: Path

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
        _manage(_environment(self.folder, self.port), "shell", "--no-imports", "-c", code)


@contextmanager
def demo_server(shared: Path, own: Path) -> Iterator[DemoServer]:
    """Serve a copy, in the folder `own`, of the demo that is built once in the folder `shared`."""
    shutil.copytree(_built_demo(shared), own, dirs_exist_ok=True)
    port = _free_port()
    environment = _environment(own, port)
    _manage(environment, "build_demo", "--port", str(port))
    command = [sys.executable, "manage.py", "runserver", f"127.0.0.1:{port}", "--noreload"]
    with (own / "server.log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)
    try:
        _wait_for(port, process)
        yield DemoServer(port, own)
    finally:
        process.terminate()
        process.wait(timeout=30)


def _built_demo(shared: Path) -> Path:
    """Build the demo, or wait for the process that is building it."""
    shared.mkdir(parents=True, exist_ok=True)
    built = shared / "demo"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not built.exists():
            half = shared / "half-built"
            half.mkdir()
            environment = _environment(half, 8000)
            _manage(environment, "migrate", "--verbosity", "0")
            _manage(environment, "build_demo")
            half.rename(built)
    return built


def _environment(folder: Path, port: int) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "clinicsite.settings.development",
        "DATABASE_URL": f"sqlite:///{folder}/db.sqlite3",
        "REDIS_URL": "",
        "MEDIA_ROOT": str(folder / "media"),
        "WAGTAILADMIN_BASE_URL": f"http://localhost:{port}",
        "LOG_LEVEL": "ERROR",
    }


def _manage(environment: dict[str, str], *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env=environment,
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _free_port() -> int:
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
