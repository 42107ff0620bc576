"""Servers of the tests: doors through which the real cluster is reached, or is not."""

import contextlib
import http.server
import shutil
import socket
import ssl
import subprocess
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

KEY = "Y2xpZW50OnNlY3JldA=="


@contextlib.contextmanager
def nobody_answers() -> Iterator[str]:
    """Give the address of a server that takes every connection and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"


@contextlib.contextmanager
def nobody_is_there() -> Iterator[str]:
    """Give an address at which connections are refused."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    yield address


@contextlib.contextmanager
def somebody_says(status: int, body: bytes = b"{}", *, elastic: bool = True) -> Iterator[str]:
    """Give the address of a server that says the same to everybody."""

    class Handler(_Handler):
        def answer(self) -> tuple[int, bytes]:
            return status, body

    Handler.is_elastic = elastic
    with _serving(Handler) as port:
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def slow_door(cluster: str, seconds: float) -> Iterator[str]:
    """Give the address of the cluster behind a line on which each answer takes so long."""

    class Handler(_Handler):
        def answer(self) -> tuple[int, bytes]:
            time.sleep(seconds)
            return _forwarded(f"{cluster}{self.path}", self.received, self.kept_headers)

    with _serving(Handler) as port:
        yield f"http://127.0.0.1:{port}"


@contextlib.contextmanager
def counting_door(cluster: str) -> Iterator[tuple[str, list[str]]]:
    """Give the address of the cluster and the paths that were asked for through it."""
    asked: list[str] = []

    class Handler(_Handler):
        def answer(self) -> tuple[int, bytes]:
            asked.append(self.path)
            return _forwarded(f"{cluster}{self.path}", self.received, self.kept_headers)

    with _serving(Handler) as port:
        yield f"http://127.0.0.1:{port}", asked


@contextlib.contextmanager
def locked_door(cluster: str, folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the address of the cluster behind TLS and a key, and the certificate to trust."""
    certificate, secret = _certificate(folder)

    class Handler(_Handler):
        def answer(self) -> tuple[int, bytes]:
            if self.headers.get("Authorization") != f"ApiKey {KEY}":
                return 401, b'{"error": {"type": "security_exception"}}'
            return _forwarded(f"{cluster}{self.path}", self.received, self.kept_headers)

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    with _serving(Handler, context) as port:
        yield f"https://localhost:{port}", certificate


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    is_elastic = True
    received = b""

    @property
    def kept_headers(self) -> dict[str, str]:
        return {name: self.headers[name] for name in ("Accept", "Content-Type")}

    def answer(self) -> tuple[int, bytes]:
        raise NotImplementedError

    def do_POST(self) -> None:
        self.received = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        status, body = self.answer()
        self.send_response(status)
        if self.is_elastic:
            self.send_header("X-Elastic-Product", "Elasticsearch")
        self.send_header("Content-Type", "application/vnd.elasticsearch+json;compatible-with=9")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(ConnectionError):  # who asked may have given up
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@contextlib.contextmanager
def _serving(handler: type[_Handler], context: ssl.SSLContext | None = None) -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        if context:
            server.socket = context.wrap_socket(server.socket, server_side=True)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_port
        server.shutdown()


def _forwarded(url: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
    request = urllib.request.Request(url, body, headers)  # noqa: S310 - the tests’ own cluster
    try:
        with urllib.request.urlopen(request) as response:  # noqa: S310
            return response.status, response.read()
    except urllib.error.HTTPError as refused:
        return refused.code, refused.read()


def _certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for this machine that nobody but its holder trusts."""
    certificate, secret = folder / "certificate.pem", folder / "secret.pem"
    openssl = shutil.which("openssl")
    assert openssl, "openssl makes the certificate of this test"
    subprocess.run(
        [
            *(openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"),
            *("-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"),
            *("-keyout", secret, "-out", certificate),
        ],
        check=True,
        capture_output=True,
    )
    return certificate, secret
