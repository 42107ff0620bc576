"""What membership decides. No database, no clock, no Django."""

import datetime

UNDO = datetime.timedelta(days=14)


def erased_at(asked_at: datetime.datetime) -> datetime.datetime:
    """Return when a member who asked to be erased is; until then they may change their mind."""
    return asked_at + UNDO
