"""What became of many mails, counted by their states."""

from collections.abc import Mapping
from dataclasses import dataclass

from .claims import IN_HAND, STUCK
from .models import DeliveryState

ON_ITS_WAY = frozenset({DeliveryState.QUEUED, *IN_HAND})
FAILED = frozenset(STUCK)


@dataclass(frozen=True)
class Tally:
    """How many mails were sent, skipped for a reason and failed; ``left`` are on their way."""

    sent: int = 0
    skipped: int = 0
    failed: int = 0
    left: int = 0

    @classmethod
    def of(cls, counted: Mapping[str, int]) -> "Tally":
        """Return it from the numbers of mails by their state."""
        return cls(
            sent=counted.get(DeliveryState.SENT, 0),
            skipped=counted.get(DeliveryState.SKIPPED, 0),
            failed=sum(counted.get(state, 0) for state in FAILED),
            left=sum(counted.get(state, 0) for state in ON_ITS_WAY),
        )
