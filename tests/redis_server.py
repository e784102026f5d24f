"""A Redis of a test's own, which may be lost, hang and come back."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

COMMAND = "redis-server"


class RedisServer:
    """A server that keeps nothing on disk, at one port for as long as the test runs."""

    def __init__(self, folder: Path):
        self._folder = folder
        self._process: subprocess.Popen | None = None
        with socket.create_server(("127.0.0.1", 0)) as free:
            self.port = free.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self) -> None:
        """Begin, empty, and return once it answers."""
        options = ["--bind", "127.0.0.1", "--port", str(self.port), "--save", "", "--appendonly", "no"]
        self._process = subprocess.Popen(
            [COMMAND, *options], cwd=self._folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        deadline = time.monotonic() + 20
        while not self._answers():
            assert time.monotonic() < deadline, "redis-server does not start"
            time.sleep(0.05)

    def kill(self) -> None:
        """End it as the kernel does when memory runs out."""
        self._process.kill()
        self._process.wait()

    def hang(self) -> None:
        """Have it take connections and answer none."""
        os.kill(self._process.pid, signal.SIGSTOP)

    def go_on(self) -> None:
        """Let it answer again, with all it knew."""
        os.kill(self._process.pid, signal.SIGCONT)

    def stop(self) -> None:
        """Be gone, whatever state it is in."""
        if self._process is not None:
            self.kill()

    def _answers(self):
        try:
            with socket.create_connection(("127.0.0.1", self.port), timeout=1) as asked:
                asked.sendall(b"PING\r\n")
                return asked.recv(7) == b"+PONG\r\n"
        except OSError:
            return False
