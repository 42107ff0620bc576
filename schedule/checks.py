"""What must hold for jobs to run."""

import datetime

from django.conf import settings
from django.core.checks import Error, register
from django.core.management import get_commands

from . import rules


@register()
def every_job_is_a_command_with_a_rhythm(app_configs, **kwargs) -> list[Error]:
    """Find misspelt jobs and rhythms before the night in which they would be missed."""
    return [
        Error(f"SCHEDULE: {fault}", id="schedule.E001")
        for job, rhythm in settings.SCHEDULE.items()
        if (fault := _fault(job, rhythm))
    ]


@register()
def every_long_job_is_in_the_schedule(app_configs, **kwargs) -> list[Error]:
    """Find long jobs that are called otherwise there, and would hold up the short ones."""
    return [
        Error(f"LONG_JOBS: “{job}” is not in SCHEDULE.", id="schedule.E002")
        for job in settings.LONG_JOBS
        if job not in settings.SCHEDULE
    ]


def _fault(job: str, rhythm: str) -> str:
    if job.split()[0] not in get_commands():
        return f"there is no command “{job.split()[0]}”."
    try:
        rules.last_moment(rhythm, datetime.datetime.now(datetime.UTC))
    except ValueError as error:
        return str(error)
    return ""
