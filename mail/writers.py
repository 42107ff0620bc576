"""Who writes a mail at the moment it is sent, and who may still say no.

Reminders and digests are planned long before they leave. What they say, and whether they leave
at all, is decided when their turn comes (R9), by the app that planned them: it registers here.
"""

import datetime
from collections.abc import Callable
from dataclasses import dataclass

from .message import Message
from .models import Delivery

Write = Callable[[Delivery], Message]
MaySend = Callable[[Delivery, datetime.datetime], str]


@dataclass(frozen=True)
class Writer:
    """``write`` returns the mail; ``may_send`` an empty string, or the reason not to send it."""

    write: Write
    may_send: MaySend


_writers: dict[str, Writer] = {}


def register(purpose: str, write: Write, may_send: MaySend) -> None:
    """Let mails of this purpose be written by ``write``, unless ``may_send`` gives a reason."""
    _writers[purpose] = Writer(write, may_send)


def writer_of(purpose: str) -> Writer | None:
    """Return who writes mails of this purpose; ``None`` where they are written when planned."""
    return _writers.get(purpose)
