"""The worker: builds documents from what has changed, reads files and feeds the cluster.

It runs beside the site and may be killed at any time. Each work has a thread: reading a file can
take long, and so can a cluster that is in trouble. Once a day it forgets what people searched long
ago.
"""

import logging
import os
import signal
import threading
from collections.abc import Callable

from django.conf import settings
from django.db import close_old_connections, connection
from django.utils import timezone

from search import usage
from search.engines.elastic.client import indexing_client
from search.models import Document

from . import changes, rebuilding, sending
from .bulk import NoIndex, Trouble
from .extraction.waiting import extract_waiting
from .reach import EVERYTHING
from .rebuilding import Refused

logger = logging.getLogger(__name__)

PAUSE = 0.2  # seconds between two looks when there is nothing to do; one costs 1 ms
LONGEST_PAUSE = 30.0  # while the cluster or the database is in trouble
LOOKED_AFTER_EVERY = 60.0  # seconds between two looks at the index itself
FORGETS_EVERY = 86_400.0
DOCUMENTS_A_TURN = 500
FILES_A_TURN = 1


class Worker:
    """Does whatever waits, until it is told to stop."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.tell = tell
        self.stopping = threading.Event()
        self._look_at_index_at = 0.0
        self._forget_at = 0.0
        self._knows_projection = False

    def run(self, *, attached: bool = False) -> None:
        """Work until SIGTERM or Ctrl-C; ``attached`` also until the process that began it ends."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        parent = os.getppid()
        for work in self._works():
            # Whatever they are at when the process ends is done again by the next one.
            threading.Thread(target=self._repeat, args=[work], daemon=True).start()
        self.tell("At work.")
        while not self.stopping.wait(PAUSE):
            if attached and os.getppid() != parent:
                self.stopping.set()

    def run_once(self) -> None:
        """Do all that waits, in turn; raises ``Trouble`` when the cluster does not take it."""
        self._look_for_projection()
        changes.catch_up()
        while self._read_files():
            changes.catch_up()
        self._feed() if settings.ELASTICSEARCH_URL else self._sweep()

    def _works(self) -> list[Callable[[], int]]:
        return [
            self._build,
            self._read_files,
            self._feed if settings.ELASTICSEARCH_URL else self._sweep,
            self._forget,
        ]

    def _look_for_projection(self) -> None:
        """Have a site that knew no projection build it; a new site has little to build."""
        if not Document.objects.exists():
            self.tell("Nothing is projected yet: building everything.")
            changes.announce(EVERYTHING)
        self._knows_projection = True

    def _build(self) -> int:
        if not self._knows_projection:
            self._look_for_projection()
        return changes.catch_up(limit=DOCUMENTS_A_TURN)

    def _read_files(self) -> int:
        return extract_waiting(limit=FILES_A_TURN)

    def _forget(self) -> int:
        """Once a day, forget what people searched long ago."""
        now = timezone.now()
        if now.timestamp() < self._forget_at:
            return 0
        forgotten = usage.purge(now)
        self._forget_at = now.timestamp() + FORGETS_EVERY
        return forgotten

    def _sweep(self) -> int:
        return sending.remove_tombstones(timezone.now(), has_cluster=False)

    def _feed(self) -> int:
        client, now = indexing_client(), timezone.now()
        if now.timestamp() >= self._look_at_index_at:
            rebuilding.ensure(client, self.tell)
            sending.remove_tombstones(now, has_cluster=True)
            self._look_at_index_at = now.timestamp() + LOOKED_AFTER_EVERY
        try:
            return sending.send_waiting(client, now).done
        except NoIndex:
            self._look_at_index_at = 0.0
            raise

    def _repeat(self, work: Callable[[], int]) -> None:
        """Do a work again and again; what goes wrong is logged, and tried again after a while."""
        failures = 0
        while not self.stopping.is_set():
            close_old_connections()
            try:
                done = work()
            except (Trouble, Refused) as trouble:
                failures += 1
                logger.warning("The cluster takes nothing for the moment: %s", trouble)
            except Exception:
                failures += 1
                logger.exception("The worker goes on after an error.")
                connection.close()
            else:
                failures = 0
                if done:
                    continue
            self.stopping.wait(pause(failures))
        connection.close()


def pause(failures: int) -> float:
    """Return for how many seconds to wait after so many failures in a row."""
    return min(PAUSE * 2 ** min(failures, 10), LONGEST_PAUSE)
