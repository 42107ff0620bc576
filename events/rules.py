"""Decisions about time. No database, no clock, no settings: everything comes in as an argument."""

import datetime
from dataclasses import dataclass

UTC = datetime.UTC


@dataclass
class LocalTimeError(ValueError):
    """A local time that the zone skips; ``before`` and ``after`` are the nearest that exist."""

    local: datetime.datetime
    before: datetime.datetime
    after: datetime.datetime


def to_utc(local: datetime.datetime, zone: datetime.tzinfo, fold: int = 0) -> datetime.datetime:
    """Return the instant of a local time in a zone, in UTC.

    ``fold`` says which of the two is meant where the clocks go back (PEP 495). Raises
    ``LocalTimeError`` where the clocks go forward and the time does not exist, which shows in
    that the way there and back does not end where it began.
    """
    there = local.replace(tzinfo=zone, fold=fold).astimezone(UTC)
    if there.astimezone(zone).replace(tzinfo=None) == local:
        return there
    instants = sorted(local.replace(tzinfo=zone, fold=f).astimezone(UTC) for f in (0, 1))
    before, after = (instant.astimezone(zone).replace(tzinfo=None) for instant in instants)
    raise LocalTimeError(local, before, after)
