"""The process that runs beside the site: jobs in one thread, mails in another."""

import logging
import os
import threading

from django.db import close_old_connections
from django.db.utils import DatabaseError
from django.utils import timezone

from mail import mailer

from .actions import run_due

logger = logging.getLogger(__name__)
SECONDS_BETWEEN = 10
PATIENCE = 60


def work(*, attached: bool = False) -> None:
    """Run jobs and send mails until told to stop; ``attached`` also until the parent ends.

    A long job delays no mail. The mail in hand is finished, and a job is waited for a minute.
    """
    stop = mailer.until_told()
    jobs = threading.Thread(target=_run_jobs, args=(stop,), daemon=True)
    jobs.start()
    if attached:
        threading.Thread(target=_end_with, args=(os.getppid(), stop), daemon=True).start()
    mailer.run(stop)
    jobs.join(PATIENCE)


def _run_jobs(stop: threading.Event) -> None:
    while not stop.is_set():
        close_old_connections()
        try:
            run_due(timezone.now())
        except DatabaseError:
            logger.exception("The schedule could not be read.")
        stop.wait(SECONDS_BETWEEN)


def _end_with(parent: int, stop: threading.Event) -> None:
    while os.getppid() == parent and not stop.wait(1):
        pass
    stop.set()
