"""People who search all the time, and what they get."""

import gzip
import itertools
import json
import threading
import time
from dataclasses import dataclass, field
from http.client import HTTPException
from urllib.parse import quote

from benchmarks.bench_load import Server, get

from .timing import p50, p95

VISITORS = 2
BETWEEN_VISITS = 0.2  # seconds
WORDS = (
    ("", "local finance"),
    ("", "own revenue"),
    ("/fr", "gouvernance locale"),
    ("/pt", "democracia local"),
    ("/ar", "المالية المحلية"),
)
ASKED = (
    *(
        f"{language}/search/?q={quote(words)}{more}"
        for language, words in WORDS
        for more in ("", "&format=json", "&type=post&format=json", "&year=2026")
    ),
    "/search/suggestions/?q=loc",
    "/search/?q=finance&format=rss",
    "/search/",
    "/blog/",
)


@dataclass
class Visits:
    """What visitors got during one stretch of time."""

    times: list[float] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    from_database: int = 0

    def told(self) -> dict:
        """Return it in numbers."""
        return {
            "pages": len(self.times) + len(self.failed),
            "failed": len(self.failed),
            "from_the_database": self.from_database,
            "p50_ms": round(p50(self.times)),
            "p95_ms": round(p95(self.times)),
            "slowest_ms": round(max(self.times)),
        }


class Visitors:
    """People who search all the time; each stretch of time has its own account."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._over = threading.Event()
        self._threads = [threading.Thread(target=self._visit, args=[n]) for n in range(VISITORS)]
        self.now = Visits()

    def __enter__(self) -> "Visitors":
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *error) -> None:
        self._over.set()
        for thread in self._threads:
            thread.join()

    def begin(self) -> Visits:
        """Begin a new account and return the one before."""
        before, self.now = self.now, Visits()
        return before

    def _visit(self, first: int) -> None:
        for number in itertools.count(first):
            if self._over.wait(BETWEEN_VISITS):
                return
            address, account = ASKED[number % len(ASKED)], self.now
            began = time.perf_counter()
            try:
                status, body, _ = get(self._server.port, address)
            except (OSError, HTTPException) as error:
                account.failed.append(f"{address}: {error!r}")
                continue
            account.times.append((time.perf_counter() - began) * 1000)
            if status != 200:
                account.failed.append(f"{address}: {status}")
            elif "format=json" in address:
                account.from_database += json.loads(_plain(body)).get("basic", False)


def _plain(body: bytes) -> bytes:
    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
