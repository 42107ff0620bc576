"""The worker that sends mails until it is told to stop."""

import datetime
import signal
import threading
from collections.abc import Callable

from django.db import close_old_connections
from django.utils import timezone

from . import rules, sending
from .sending import Outcome, Tally

IDLE_SECONDS = 1
SECONDS_WITHOUT_SERVER = 60


def until_told() -> threading.Event:
    """Return what a signal to end sets, so that the mail in hand is finished."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    return stop


def empty(*, clock: Callable[[], datetime.datetime] = timezone.now, most: int = 500) -> Tally:
    """Send what is due, at most so many, until nothing is left or the server is silent."""
    total = Tally()
    while (left := most - total.total()) > 0:
        batch = sending.send_batch(clock(), most=min(left, rules.BATCH))
        total += batch
        if not batch or Outcome.SERVER_DOWN in batch:
            break
    return total


def run(stop: threading.Event, *, clock: Callable[[], datetime.datetime] = timezone.now) -> None:
    """Send what falls due until ``stop`` is set; a mail in hand is finished first."""
    while not stop.is_set():
        close_old_connections()
        batch = sending.send_batch(clock())
        if Outcome.SERVER_DOWN in batch:
            stop.wait(SECONDS_WITHOUT_SERVER)
        elif not batch:
            stop.wait(IDLE_SECONDS)
