"""Requests a second: a clinic's page as it is kept, the same rendered each time, and a bare view of Django's.

`.venv/bin/python -m benchmarks.serving` builds the demo in a scratch folder and serves it with gunicorn, two
workers of four threads; four connections that stay open ask for one page after another. What counts are the
ratios of one run: the server and what asks share the machine.
"""

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

CONNECTIONS = 4
HOST = "millside.localhost"
PATHS = ("/", "/treatments/dry-needling/", "/locations/")
#: A view that answers with as many bytes as a treatment page, and nothing else: what Django costs by itself.
BARE = """
import django
from django.conf import settings
settings.configure(ALLOWED_HOSTS=["*"], SECRET_KEY="bare", ROOT_URLCONF=__name__,
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"])
django.setup()
from django.http import HttpResponse
from django.urls import path
BODY = b"x" * 70_000
urlpatterns = [path("", lambda request: HttpResponse(BODY))]
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""


def main() -> None:
    """Read the arguments, serve each in its turn, and print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=5, help="How long each is asked; 5.")
    seconds = parser.parse_args().seconds
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "bare.py").write_text(BARE)
        environ = _demo(folder)
        with _served("bare:application", environ | {"PYTHONPATH": name}) as port:
            bare = _rate(port, "/", seconds)
        print(f"{'bare Django view':34}{bare:9,.0f} a second   1.00")
        for title, kept in (("rendered each time", "no"), ("kept", "yes")):
            with _served("clinicsite.wsgi", environ | {"PAGE_CACHE": kept}) as port:
                for path in PATHS:
                    _rate(port, path, 1)
                    rate = _rate(port, path, seconds)
                    print(f"{title + ' ' + path:34}{rate:9,.0f} a second {rate / bare:6.2f}")


def _demo(folder) -> dict[str, str]:
    environ = os.environ | {
        "DJANGO_SETTINGS_MODULE": "clinicsite.settings.development",
        "DATABASE_URL": f"sqlite:///{folder}/demo.sqlite3",
        "MEDIA_ROOT": f"{folder}/media",
        "PAGE_CACHE_FOLDER": f"{folder}/kept",
        "LOG_LEVEL": "ERROR",
    }
    for command in (["migrate", "-v0"], ["build_demo"], ["prepare_pictures", "-v0"]):
        subprocess.run(
            [sys.executable, "manage.py", *command], env=environ, check=True, stdout=subprocess.DEVNULL
        )
    return environ | {"DEBUG": "no"}


@contextmanager
def _served(application, environ):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    options = ["--workers", "2", "--worker-class", "gthread", "--threads", "4", "--keep-alive", "75"]
    server = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", application, *options, "--bind", f"127.0.0.1:{port}"],
        env=environ,
        stderr=subprocess.DEVNULL,
    )
    try:
        _wait_for(port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _wait_for(port):
    for _try in range(300):
        try:
            if _rate(port, "/", 0.1):
                return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The server does not answer.")


def _rate(port, path, seconds) -> float:
    """How many requests a second are answered with 200 on connections that stay open."""
    return asyncio.run(_ask(port, path, seconds))


async def _ask(port, path, seconds):
    end = time.perf_counter() + seconds
    answered = await asyncio.gather(*(_one(port, path, end) for _number in range(CONNECTIONS)))
    return sum(answered) / seconds


async def _one(port, path, end):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    request = f"GET {path} HTTP/1.1\r\nHost: {HOST}:8000\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    count = 0
    while time.perf_counter() < end:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"{path} is answered with {head[:40]!r}.")
        lengths = [
            int(line[15:]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")
        ]
        await reader.readexactly(lengths[0])
        count += 1
    writer.close()
    return count


if __name__ == "__main__":
    main()
