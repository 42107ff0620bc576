"""Several at once, as on a server with more than one process."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from django.db import connection

Returned = TypeVar("Returned")
PATIENCE = 20


def side_by_side(work: Callable[[], Returned], number: int) -> list[Returned]:
    """Run ``work`` in threads that begin together; return what each returned.

    Each has a connection of its own. An error in one of them is an error of the test.
    """
    together = threading.Barrier(number)

    def one(_: int) -> Returned:
        together.wait(PATIENCE)
        try:
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(number) as threads:
        return list(threads.map(one, range(number)))
