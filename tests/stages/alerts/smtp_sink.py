"""A mail server on loopback that speaks just enough SMTP, and fails in every way a real one does."""

from __future__ import annotations

import socketserver
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message

from kentongan.alerts.channels.email import Server


@dataclass
class Sink:
    """What came in, and how the server behaves: `refuse` by address gives a code; `after_data` is ok, drop or hang."""

    mails: list[Message] = field(default_factory=list)
    refuse: dict[str, int] = field(default_factory=dict)
    after_data: str = "ok"
    greeting: int = 220
    port: int = 0

    @property
    def server(self) -> Server:
        return Server("127.0.0.1", self.port, "none", "", "", "kentongan@waluku.test", timeout=0.5)

    def to(self, address: str) -> list[Message]:
        return [mail for mail in self.mails if mail["To"] == address]


class _Talk(socketserver.StreamRequestHandler):
    sink: Sink

    def handle(self) -> None:
        self._say(f"{self.sink.greeting} loopback")
        for line in iter(self.rfile.readline, b""):
            verb = line[:4].upper()
            if verb == b"RCPT":
                address = line.decode().partition("<")[2].partition(">")[0]
                code = self.sink.refuse.get(address, 250)
                self._say(f"{code} recipient")
            elif verb == b"DATA":
                self._say("354 go on")
                if not self._data():
                    return
            elif verb == b"QUIT":
                self._say("221 bye")
                return
            else:
                self._say("250 ok")

    def _data(self) -> bool:
        lines = [line[1:] if line.startswith(b"..") else line for line in iter(self.rfile.readline, b".\r\n")]
        self.sink.mails.append(message_from_bytes(b"".join(lines)))
        if self.sink.after_data == "hang":
            time.sleep(1.5)
        if self.sink.after_data != "ok":
            return False
        self._say("250 taken")
        return True

    def _say(self, words: str) -> None:
        self.wfile.write(words.encode() + b"\r\n")


@contextmanager
def running_sink(**behaviour: object) -> Iterator[Sink]:
    sink = Sink(**behaviour)  # type: ignore[arg-type]
    handler = type("Talk", (_Talk,), {"sink": sink})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        sink.port = server.server_address[1]
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield sink
        server.shutdown()
