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


def _fault(job: str, rhythm: str) -> str:
    if job.split()[0] not in get_commands():
        return f"there is no command “{job.split()[0]}”."
    try:
        rules.last_moment(rhythm, datetime.datetime.now(datetime.UTC))
    except ValueError as error:
        return str(error)
    return ""
