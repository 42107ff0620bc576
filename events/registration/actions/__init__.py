"""What can happen to the seats of an event. Each takes the clock; each leaves a trace."""

from .deciding import approve, decline, expire_due
from .joining import join_url_for
from .keeping import forget_answers
from .leaving import accept_offer, cancel, decline_offer
from .registering import Asked, Outcome, change_answers, confirm_hold, register
from .reordering import move_in_line

__all__ = [
    "Asked",
    "Outcome",
    "accept_offer",
    "approve",
    "cancel",
    "change_answers",
    "confirm_hold",
    "decline",
    "decline_offer",
    "expire_due",
    "forget_answers",
    "join_url_for",
    "move_in_line",
    "register",
]
