"""What the membership of institutions decides. No database, no clock, no Django."""

import datetime
from collections.abc import Collection

MOST_OPEN_APPLICATIONS = 3
ASK_AGAIN_AFTER = datetime.timedelta(days=30)


def tidy(name: str) -> str:
    """Return a name as it is compared and kept: single blanks between its words."""
    return " ".join(name.split())


def may_ask_again(declined_on: datetime.date | None, today: datetime.date) -> bool:
    """Say whether somebody who was declined may ask the same institution once more."""
    return declined_on is None or today >= declined_on + ASK_AGAIN_AFTER


def is_orphaned(before: Collection[int], after: Collection[int]) -> bool:
    """Say whether an institution has just lost the last of its representatives."""
    return bool(before) and not after
