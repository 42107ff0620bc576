"""The calendar, its events, and who takes part in them."""

from .attendance import AttendanceReport, AttendanceRow
from .event_page import AgendaItem, EventDocument, EventPage, Speaker
from .index_page import EventIndexPage
from .messages import AttendeeMessage
from .notices import ChangeNotice, MeetingFacts, Told
from .personal import PersonalCalendar
from .registration import FormVersion, Registration, RegistrationEvent
from .reminders import ReminderRule
from .roles import EventRole
from .seats import EventAccess, EventSeats
from .series import Occurrence, Series
from .state import EventState, QuietRevision

__all__ = [
    "AgendaItem",
    "AttendanceReport",
    "AttendanceRow",
    "AttendeeMessage",
    "ChangeNotice",
    "EventAccess",
    "EventDocument",
    "EventIndexPage",
    "EventPage",
    "EventRole",
    "EventSeats",
    "EventState",
    "FormVersion",
    "MeetingFacts",
    "Occurrence",
    "PersonalCalendar",
    "QuietRevision",
    "Registration",
    "RegistrationEvent",
    "ReminderRule",
    "Series",
    "Speaker",
    "Told",
]
