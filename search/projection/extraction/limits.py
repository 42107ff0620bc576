"""How much of a file is read, and why a file is not."""

from dataclasses import dataclass
from enum import StrEnum

MEBIBYTE = 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost, and how much is kept of it."""

    seconds: int = 30
    memory: int = 512 * MEBIBYTE
    size: int = 50 * MEBIBYTE
    unpacked: int = 256 * MEBIBYTE
    pages: int = 1_000
    characters: int = 200_000


class Reason(StrEnum):
    """Why there is no text of a file, or only its beginning."""

    ENCRYPTED = "encrypted"
    BROKEN = "broken"
    TOO_LARGE = "too-large"
    TOO_SLOW = "too-slow"
    TOO_MUCH_MEMORY = "too-much-memory"
    UNKNOWN_FORMAT = "unknown-format"
    MISSING = "missing"

    @property
    def may_pass(self) -> bool:
        """Whether another try can end otherwise: the machine may be less busy then."""
        return self in {Reason.TOO_SLOW, Reason.TOO_MUCH_MEMORY, Reason.MISSING}


class Unreadable(Exception):
    """A file cannot be read, for a reason that its format knows."""

    def __init__(self, reason: Reason) -> None:
        super().__init__(reason)
        self.reason = reason
