"""How these mails are named in the outbox, so that none is planned twice."""

import uuid

CHANGE, RECORDING = "event_changed", "event_recorded"
PURPOSES = frozenset({CHANGE, RECORDING})
# Why a planned mail was not sent; both may be sent after all.
SUPERSEDED, WITHDRAWN = "superseded", "withdrawn"


def of_meeting(meeting: uuid.UUID) -> str:
    """Return how the keys of all notices of changes of a meeting begin."""
    return f"change:{meeting}:"


def of_change(meeting: uuid.UUID, sequence: int, registration_id: int) -> str:
    """Return the key of the notice that brings one person up to a sequence."""
    return f"{of_meeting(meeting)}{sequence}:{registration_id}"


def of_recording(event_id: int, registration_id: int) -> str:
    """Return the key of the only mail to one person about the recording of an event."""
    return f"recording:{event_id}:{registration_id}"
