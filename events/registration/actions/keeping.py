"""Keeping answers only for as long as the form promised."""

import datetime

from django.db.models import Exists, OuterRef

from events.models import FormVersion, Registration
from events.registration.questions import questions_of


def forget_answers(now: datetime.datetime) -> int:
    """Delete the answers whose time is over; return of how many registrations."""
    left = Registration.objects.filter(form_version=OuterRef("pk")).exclude(answers={})
    over = FormVersion.objects.filter(Exists(left), event__ends_at__lt=now)
    versions = over.select_related("event").defer("event__body")
    return sum(_forget(version, now) for version in versions)


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
