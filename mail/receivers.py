"""What django-anymail tells us of reports from the mail provider."""

import datetime
import hashlib

from anymail.signals import AnymailTrackingEvent, EventType, RejectReason, tracking
from django.dispatch import receiver
from django.utils import timezone

from .bounces import Meaning, Report, record

HARD = {RejectReason.BOUNCED, RejectReason.INVALID}
SOFT_WORDS = ("soft", "transient", "temporary")
WHERE_IT_SAYS_SO = ("Type", "type", "event", "severity", "bounceType")


@receiver(tracking, dispatch_uid="mail.receivers.note_report")
def note_report(sender, event: AnymailTrackingEvent, esp_name: str, **kwargs) -> None:
    """Count what came back, end what somebody complained about."""
    now = timezone.now()
    at = _moment(event.timestamp, now)
    report = Report(
        provider=esp_name,
        event_id=_identity(event),
        kind=str(event.event_type),
        meaning=meaning_of(event),
        recipient=event.recipient or "",
        message_id=str(event.message_id or ""),
        at=at,
    )
    record(report, now)


def meaning_of(event: AnymailTrackingEvent) -> Meaning:
    """Return what an event says of the address, in any provider’s words."""
    match event.event_type:
        case EventType.COMPLAINED:
            return Meaning.COMPLAINT
        case EventType.UNSUBSCRIBED:
            return Meaning.UNSUBSCRIBED
        case EventType.BOUNCED:
            is_hard = event.reject_reason in HARD and not _says_soft(event)
            return Meaning.HARD_BOUNCE if is_hard else Meaning.SOFT_BOUNCE
        case EventType.REJECTED if event.reject_reason in HARD:
            return Meaning.HARD_BOUNCE
    return Meaning.NOTHING


def _says_soft(event: AnymailTrackingEvent) -> bool:
    """Say whether the provider itself calls a bounce soft, which anymail does not pass on."""
    raw = event.esp_event if isinstance(event.esp_event, dict) else {}
    said = " ".join(str(raw.get(name, "")) for name in WHERE_IT_SAYS_SO).lower()
    return any(word in said for word in SOFT_WORDS)


def _identity(event: AnymailTrackingEvent) -> str:
    """Return what tells events apart: the provider’s own id, or what it said, as a hash."""
    if event.event_id and len(str(event.event_id)) <= 200:
        return str(event.event_id)
    said = (event.event_type, event.message_id, event.recipient, event.timestamp, event.event_id)
    return hashlib.sha256(repr(said).encode()).hexdigest()


def _moment(given: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime:
    if given is None:
        return now
    aware = given if given.tzinfo else given.replace(tzinfo=datetime.UTC)
    return min(aware, now)
