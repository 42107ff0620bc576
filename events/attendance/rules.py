"""Who can be marked and what of the numbers may be told. No database, no clock, no settings."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass

from events.registration.rules import Occasion

LEAST = 3  # people in a cell that others may see
NOT_HELD = frozenset({"cancelled", "postponed"})


def has_begun(occasion: Occasion, now: datetime.datetime) -> bool:
    """Say whether people can be there: from the start on, unless it is not held."""
    is_held = occasion.status not in NOT_HELD
    return is_held and occasion.starts_at is not None and now >= occasion.starts_at


def is_certified(occasion: Occasion, now: datetime.datetime) -> bool:
    """Say whether those who were there can show it: once the event is over."""
    return has_begun(occasion, now) and occasion.over_at is not None and now >= occasion.over_at


def is_small(number: int) -> bool:
    """Say whether so few people are meant that others could tell who they are."""
    return 0 < number < LEAST


@dataclass(frozen=True)
class Counts:
    """How many had to do with an event; ``attended`` counts those with a seat, not walk-ins."""

    registered: int = 0
    seated: int = 0
    attended: int = 0
    absent: int = 0
    walk_ins: int = 0

    @property
    def there(self) -> int:
        """Everybody who was there."""
        return self.attended + self.walk_ins

    @property
    def unmarked(self) -> int:
        """Those with a seat of whom nobody has said whether they came."""
        return self.seated - self.attended - self.absent

    @property
    def share(self) -> int | None:
        """How many in a hundred of those with a seat came; ``None`` where nobody was marked."""
        if not self.seated or not (self.attended or self.absent):
            return None
        return round(self.attended * 100 / self.seated)

    @property
    def has_small(self) -> bool:
        """Some number is so small that it can tell who somebody is."""
        return any(is_small(number) for number in (*self._all(), self.unmarked))

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(*(mine + more for mine, more in zip(self._all(), other._all(), strict=True)))

    def _all(self) -> tuple[int, ...]:
        return (self.registered, self.seated, self.attended, self.absent, self.walk_ins)


def for_others(
    cells: Sequence[tuple[str, int]], least: int = LEAST
) -> tuple[list[tuple[str, int]], int]:
    """Return the cells that others may see, and how many people are in all the rest together.

    No cell holds fewer than three, and the rest does not either: who knows the whole could
    otherwise take the others away from it. The smallest cells go into the rest until it is enough.
    """
    shown = sorted(cells, key=lambda cell: -cell[1])
    rest = 0
    while shown and (shown[-1][1] < least or 0 < rest < least):
        rest += shown.pop()[1]
    return ([], 0) if 0 < rest < least else (shown, rest)
