"""A project of its own in a folder, as an agency has it: made from the wheel, run with what pip installed."""

import os
import re
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from pathlib import Path

#: Set outside the file `.env`, because nothing of it is there in a test; all else is as the example has it.
AT_HAND = {
    "SECRET_KEY": "Jq3v-8rTn_w2LxYb5KdPz7Hc0sFgAeMu9iOk4tVyXlQhRjWnB1",
    "DATABASE_URL": "sqlite:///db.sqlite3",
    "EMAIL_URL": "consolemail://",
    "REDIS_URL": "",
    "TASKS_BACKEND": "immediate",
}


def run(*command, cwd, status=0, **environ):
    """Run a command with this environment and no other; what it printed."""
    given = {"PATH": os.environ["PATH"], "HOME": str(cwd), **environ}
    finished = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=given, capture_output=True, text=True, check=False
    )
    assert finished.returncode == status, finished.stdout + finished.stderr
    return finished.stdout + finished.stderr


def pip_install(target, *what, cwd):
    """Install without what it depends on, which the tests' own environment has."""
    pip = (sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index")
    run(*pip, "--no-deps", "--no-compile", "--target", target, *what, cwd=cwd)


@dataclass
class Agency:
    """The project in a folder, and where pip has put the product."""

    folder: Path
    packages: Path
    #: Where its database is; empty for the file that it begins with.
    database_url: str = ""

    def manage(self, *arguments, status=0, **environ):
        """Run a command of the project."""
        return run(
            sys.executable, "manage.py", *arguments, cwd=self.folder, status=status, **self.at(environ)
        )

    def ask(self, code, cwd=None, **environ):
        """Run Python in the project, from any folder, as development does; what it printed."""
        named = {"DJANGO_SETTINGS_MODULE": "agency.settings.development", "LOG_LEVEL": "ERROR", **environ}
        text = f"import django; django.setup()\n{code}"
        return run(sys.executable, "-c", text, cwd=cwd or self.folder, **self.at(named))

    def at(self, environ):
        """What its processes find around them, with this added."""
        database = {"DATABASE_URL": self.database_url} if self.database_url else {}
        packages = os.pathsep.join([str(self.folder), str(self.packages)])
        return {"PYTHONPATH": packages, **environ, **database}

    @contextmanager
    def served(self, **environ):
        """Serve the project's WSGI application as production does; gives a visitor."""
        with closing(socket.create_server(("127.0.0.1", 0))) as found:
            port = found.getsockname()[1]
        command = [sys.executable, "-m", "gunicorn", "agency.wsgi", "--bind", f"127.0.0.1:{port}"]
        given = {"PATH": os.environ["PATH"], **self.at(environ)}
        with (self.folder / "gunicorn.log").open("w") as log:
            server = subprocess.Popen(command, cwd=self.folder, env=given, stdout=log, stderr=log)
            try:
                yield Visitor(port, server)
            finally:
                server.terminate()
                server.wait(20)


@dataclass
class Visitor:
    """A browser behind the one proxy that production expects; keeps cookies."""

    port: int
    server: subprocess.Popen

    def __post_init__(self):
        self.cookies = SimpleCookie()
        deadline = time.monotonic() + 60
        while not self._is_up():
            assert self.server.poll() is None, "gunicorn has ended; its log lies in the project's folder"
            assert time.monotonic() < deadline, "gunicorn did not start within a minute"
            time.sleep(0.1)

    def get(self, host, path):
        """(status, text) of an address."""
        return self._ask("GET", host, path)

    def post(self, host, path, body):
        """(status, text) of what a form there answers; `body` is as a browser sends it."""
        return self._ask("POST", host, path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method, host, path, body=None, headers=()):
        sent = {
            "Host": host,
            "Origin": f"https://{host}",
            "X-Forwarded-Proto": "https",
            "X-Forwarded-For": "192.0.2.7",
            "Cookie": "; ".join(f"{name}={one.value}" for name, one in self.cookies.items()),
            **dict(headers),
        }
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as connection:
            connection.request(method, path, body, sent)
            answer: HTTPResponse = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or ():
                self.cookies.load(cookie)
            return answer.status, answer.read().decode()

    def _is_up(self):
        try:
            with closing(socket.create_connection(("127.0.0.1", self.port), timeout=1)):
                return True
        except OSError:
            return False


def token_of(text):
    """What a form of Django's must send back."""
    return re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', text)[1]
