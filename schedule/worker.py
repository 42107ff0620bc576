"""The process that runs beside the site: short jobs, long jobs and mails, each in a thread."""

import logging
import os
import threading
import time
from collections.abc import Callable

from django.db import close_old_connections
from django.db.utils import DatabaseError
from django.utils import timezone

from mail import mailer

from .actions import Jobs, long_jobs, run_due, short_jobs

logger = logging.getLogger(__name__)
SECONDS_BETWEEN = 10
PATIENCE = 60


def work(*, attached: bool = False) -> None:
    """Run jobs and send mails until told to stop; ``attached`` also until the parent ends.

    A long job delays neither mails nor the jobs of every minute. The mail in hand is finished, and
    jobs are waited for a minute.
    """
    stop = mailer.until_told()
    lanes = [
        threading.Thread(target=_run_jobs, args=(stop, jobs), daemon=True)
        for jobs in (short_jobs, long_jobs)
    ]
    for lane in lanes:
        lane.start()
    if attached:
        threading.Thread(target=_end_with, args=(os.getppid(), stop), daemon=True).start()
    mailer.run(stop)
    until = time.monotonic() + PATIENCE
    for lane in lanes:
        lane.join(max(until - time.monotonic(), 0))


def _run_jobs(stop: threading.Event, jobs: Callable[[], Jobs]) -> None:
    while not stop.is_set():
        close_old_connections()
        try:
            run_due(timezone.now(), jobs=jobs())
        except DatabaseError:
            logger.exception("The schedule could not be read.")
        stop.wait(SECONDS_BETWEEN)


def _end_with(parent: int, stop: threading.Event) -> None:
    while os.getppid() == parent and not stop.wait(1):
        pass
    stop.set()
