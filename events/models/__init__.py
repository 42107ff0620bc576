"""The calendar, its events, and who takes part in them."""

from .event_page import AgendaItem, EventDocument, EventPage, Speaker
from .index_page import EventIndexPage
from .messages import AttendeeMessage
from .personal import PersonalCalendar
from .registration import FormVersion, Registration, RegistrationEvent
from .roles import EventRole
from .seats import EventAccess, EventSeats
from .series import Occurrence, Series
from .state import EventState

__all__ = [
    "AgendaItem",
    "AttendeeMessage",
    "EventAccess",
    "EventDocument",
    "EventIndexPage",
    "EventPage",
    "EventRole",
    "EventSeats",
    "EventState",
    "FormVersion",
    "Occurrence",
    "PersonalCalendar",
    "Registration",
    "RegistrationEvent",
    "Series",
    "Speaker",
]
