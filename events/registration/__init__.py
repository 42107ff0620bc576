"""Taking part in an event: seats, the waiting list, confirmation, the organisers’ list.

Its models live in ``events.models`` (``seats``, ``registration``), beside the page and never on it.
"""
