"""Send very many requests at the same moment from one process, and say when each was answered.

Raw sockets and one selector: hundreds of threads would take from the server the very processors on
which it is measured.
"""

import selectors
import socket
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

PATIENCE_SECONDS = 120


@dataclass(frozen=True)
class Answer:
    """What one of the crowd saw; a status of 0 is no answer.

    The seconds run from its own call to the last byte, as its browser would count them.
    """

    status: int
    seconds: float


class _Caller:
    """One request on its way."""

    def __init__(self, address: tuple[str, int], request: bytes):
        self.request = request
        self.began = time.perf_counter()
        self.head = b""
        self.answer: Answer | None = None
        self.socket = socket.socket()
        self.socket.setblocking(False)
        self.socket.connect_ex(address)

    def go_on(self, selector: selectors.BaseSelector) -> None:
        """Send the request, or read on; hang up once there is nothing more to read."""
        try:
            if self.request:
                self.request = self.request[self.socket.send(self.request) :]
                if not self.request:
                    selector.modify(self.socket, selectors.EVENT_READ, self)
                return
            found = self.socket.recv(65_536)
            self.head = self.head or found
            if found:
                return
        except OSError:
            self.head = b""
        selector.unregister(self.socket)
        self.hang_up()

    def hang_up(self) -> None:
        words = self.head.split(b" ", 2)
        status = int(words[1]) if words[0].startswith(b"HTTP/") else 0
        self.answer = Answer(status, time.perf_counter() - self.began)
        self.socket.close()


def all_at_once(port: int, requests: Iterable[bytes]) -> list[Answer]:
    """Send all requests at once to a server of this machine and wait for every answer."""
    with selectors.DefaultSelector() as selector:
        callers = [_Caller(("127.0.0.1", port), request) for request in requests]
        for caller in callers:
            selector.register(caller.socket, selectors.EVENT_WRITE, caller)
        until = time.perf_counter() + PATIENCE_SECONDS
        while selector.get_map() and time.perf_counter() < until:
            for key, _events in selector.select(timeout=1):
                key.data.go_on(selector)
        for caller in callers:
            if caller.answer is None:
                caller.head = b""
                caller.hang_up()
    return [caller.answer for caller in callers if caller.answer]


def request(method: str, path: str, headers: Sequence[tuple[str, str]], body: str = "") -> bytes:
    """Return a request as it goes over the wire; the server hangs up after its answer."""
    lines = [f"{method} {path} HTTP/1.1", *(f"{name}: {value}" for name, value in headers)]
    lines += ["Connection: close", f"Content-Length: {len(body.encode())}", "", body]
    return "\r\n".join(lines).encode()
