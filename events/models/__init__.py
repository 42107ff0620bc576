"""The calendar and its events."""

from .event_page import AgendaItem, EventDocument, EventIndexPage, EventPage, Speaker

__all__ = ["AgendaItem", "EventDocument", "EventIndexPage", "EventPage", "Speaker"]
