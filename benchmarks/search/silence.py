"""What visitors wait for a cluster that takes questions and never answers."""

import contextlib
import socket
import threading
from collections.abc import Iterator
from functools import partial

from django.test import Client, override_settings

from search.engines.choosing import cluster_breaker

from .asking import HEADERS
from .timing import milliseconds, p50

FIRST = 3  # visitors who wait
NEXT = 20
ADDRESS = "/search/?q=local+finance"


def measure() -> dict:
    """Return what a page costs more than from the database alone, for the first and the next."""
    client = Client(headers=HEADERS)
    page = partial(client.get, ADDRESS)
    with override_settings(ELASTICSEARCH_URL=""):
        page()
        alone = p50([milliseconds(page) for _ in range(NEXT)])
    cluster_breaker.reset()
    with _hung_cluster() as url, override_settings(ELASTICSEARCH_URL=url):
        first = [milliseconds(page) - alone for _ in range(FIRST)]
        following = [milliseconds(page) - alone for _ in range(NEXT)]
    cluster_breaker.reset()
    return {
        "page_from_the_database_p50_ms": round(alone, 1),
        "first_visitors_wait_ms": [round(cost) for cost in first],
        "next_visitors_wait_p50_ms": round(p50(following), 1),
        "next_visitors_wait_at_most_ms": round(max(following), 1),
    }


@contextlib.contextmanager
def _hung_cluster() -> Iterator[str]:
    """Listen, take every connection, and keep silent."""
    taken = []

    def take(listening: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while True:
                taken.append(listening.accept()[0])

    with socket.create_server(("127.0.0.1", 0)) as listening:
        threading.Thread(target=take, args=[listening], daemon=True).start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    for connection in taken:
        connection.close()
