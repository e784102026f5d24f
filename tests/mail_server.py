"""A mail server of a test's own, which keeps what it is given and can be told what to do in that moment."""

import socketserver
import threading
from collections.abc import Callable
from email import message_from_bytes
from email.message import Message


class _Session(socketserver.StreamRequestHandler):
    """Speaks as much SMTP (RFC 5321) as a client needs to hand over a letter."""

    def handle(self):
        self._say("220 mail.example")
        while line := self.rfile.readline():
            verb = line[:4].upper()
            if verb == b"DATA":
                self._say("354 Go on.")
                self.server.take(self._letter())
                self._say("250 Taken.")
            elif verb == b"QUIT":
                self._say("221 Bye.")
                return
            else:
                self._say("250 mail.example")

    def _say(self, line):
        self.wfile.write(f"{line}\r\n".encode())

    def _letter(self):
        lines = []
        while (line := self.rfile.readline()) not in (b".\r\n", b""):
            lines.append(line.removeprefix(b"."))
        return message_from_bytes(b"".join(lines))


class MailServer(socketserver.ThreadingTCPServer):
    """Takes letters at a port of its own; use it as a context."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), _Session)
        self.letters: list[Message] = []
        #: Called with each letter that has been taken, before the client is told so.
        self.when_taken: Callable[[Message], object] = lambda letter: None

    @property
    def url(self) -> str:
        """Where it is, as `EMAIL_URL` names it."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def take(self, letter: Message) -> None:
        """Keep a letter."""
        self.letters.append(letter)
        self.when_taken(letter)

    def __enter__(self):
        threading.Thread(target=self.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *error):
        self.shutdown()
        self.server_close()
