"""The calendar and its events."""

from .event_page import AgendaItem, EventDocument, EventPage, Speaker
from .index_page import EventIndexPage

__all__ = ["AgendaItem", "EventDocument", "EventIndexPage", "EventPage", "Speaker"]
