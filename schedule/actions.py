"""Running what is due."""

import datetime
import logging
from collections.abc import Callable

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from . import rules
from .models import JobRun

logger = logging.getLogger(__name__)
LONGEST_ERROR = 1_000
Run = Callable[..., object]


def run_due(now: datetime.datetime, run: Run = call_command) -> list[str]:
    """Run the jobs of ``SCHEDULE`` that are due, one after the other; return which.

    Several processes may ask at once: each job is run by one of them. A job that fails is written
    down and leaves the others alone; it is tried again when it is due the next time.
    """
    ran = []
    for job, rhythm in settings.SCHEDULE.items():
        if _claim(job, rhythm, now):
            _run(job, run)
            ran.append(job)
    return ran


def _claim(job: str, rhythm: str, now: datetime.datetime) -> bool:
    """Say whether this process shall run the job, and write down that it does."""
    waits = rules.waits_at_first(rhythm)
    at_first = {"started_at": now, "finished_at": now if waits else None}
    row, is_new = JobRun.objects.get_or_create(job=job, defaults=at_first)
    if is_new:
        return not waits
    if not rules.is_due(rhythm, row.started_at, row.finished_at, now):
        return False
    unchanged = JobRun.objects.filter(pk=row.pk, started_at=row.started_at)
    return bool(unchanged.update(started_at=now, finished_at=None))


def _run(job: str, run: Run) -> None:
    error = ""
    try:
        run(*job.split())
    except (Exception, SystemExit) as problem:
        logger.exception("The job %s failed.", job)
        error = f"{type(problem).__name__}: {problem}"[:LONGEST_ERROR]
    JobRun.objects.filter(job=job).update(finished_at=timezone.now(), error=error)
