"""Keeping answers only for as long as the form promised."""

import datetime

from events.models import FormVersion, Registration
from events.registration.questions import questions_of


def forget_answers(now: datetime.datetime) -> int:
    """Delete the answers whose time is over; return of how many registrations."""
    over = FormVersion.objects.filter(event__ends_at__lt=now).select_related("event")
    return sum(_forget(version, now) for version in over.defer("event__body"))


def _forget(version: FormVersion, now: datetime.datetime) -> int:
    passed = (now - version.event.ends_at).days
    due = {each.id for each in questions_of(version) if each.retention_days <= passed}
    if not due:
        return 0
    changed = [
        row for row in version.registrations.exclude(answers={}) if not due.isdisjoint(row.answers)
    ]
    for row in changed:
        row.answers = {name: said for name, said in row.answers.items() if name not in due}
    Registration.objects.bulk_update(changed, ["answers"], batch_size=500)
    return len(changed)
