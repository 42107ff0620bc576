"""The calendar, its events, and who takes part in them."""

from .event_page import AgendaItem, EventDocument, EventPage, Speaker
from .index_page import EventIndexPage
from .state import EventState

__all__ = [
    "AgendaItem",
    "EventDocument",
    "EventIndexPage",
    "EventPage",
    "EventState",
    "Speaker",
]
