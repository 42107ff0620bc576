"""Running what is due."""

import datetime
import logging
from collections.abc import Callable, Mapping

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone

from . import rules
from .models import JobRun

logger = logging.getLogger(__name__)
LONGEST_ERROR = 1_000
Run = Callable[..., object]
Jobs = Mapping[str, str]


def short_jobs() -> Jobs:
    """Return the jobs that are over in a moment, with their rhythms."""
    return {job: when for job, when in settings.SCHEDULE.items() if job not in settings.LONG_JOBS}


def long_jobs() -> Jobs:
    """Return the jobs that may take many minutes, with their rhythms."""
    return {job: when for job, when in settings.SCHEDULE.items() if job in settings.LONG_JOBS}


def run_due(now: datetime.datetime, run: Run = call_command, jobs: Jobs | None = None) -> list[str]:
    """Run those of the jobs that are due, one after the other; return which. Without any: all.

    Several processes or threads may ask at once: each job is run by one of them. A job that fails
    is written down and leaves the others alone; it is tried again when it is due the next time.
    """
    ran = []
    for job, rhythm in (settings.SCHEDULE if jobs is None else jobs).items():
        if _claim(job, rhythm, now):
            _run(job, run)
            ran.append(job)
    return ran


def _claim(job: str, rhythm: str, now: datetime.datetime) -> bool:
    """Say whether this process shall run the job, and write down that it does."""
    row, _is_new = JobRun.objects.get_or_create(job=job, defaults={"known_since": now})
    if not rules.is_due(rhythm, row.past, now):
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
