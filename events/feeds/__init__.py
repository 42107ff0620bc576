"""The calendar for machines: iCalendar, Atom and JSON, by the filters of the calendar page."""
