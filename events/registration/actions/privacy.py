"""Taking one’s registrations along, and being forgotten."""

import datetime

from django.conf import settings
from django.db.models import Q

from events.models import AttendanceRow, EventSeats, Registration, RegistrationEvent
from events.registration import rules
from events.registration.book import Because, Book
from events.registration.lock import with_seats
from events.registration.mail import PURPOSES
from events.registration.rules import State
from mail.models import Contact, Delivery

FORGOTTEN = Because("erased", is_told=False)
TAKEN_ALONG = (
    *("state", "name", "organisation", "language", "time_zone", "wants_recording"),
    *("registered_at", "confirmed_at", "ended_at", "attended", "minutes_present"),
)


def collected(contact: Contact) -> list[dict]:
    """Return everything that is kept about the registrations of a contact, answers in words."""
    rows = contact.registrations.select_related("event", "country", "form_version")
    return [
        {name: getattr(row, name) for name in TAKEN_ALONG}
        | {
            "event": row.event.title,
            "country": row.country.slug if row.country else "",
            "answers": _answers(row),
            "history": [
                {"before": change.before, "after": change.after, "why": change.why, "at": change.at}
                for change in row.log.all()
            ],
        }
        for row in rows.order_by("registered_at").prefetch_related("log")
    ]


def _answers(registration: Registration) -> dict[str, object]:
    """Return somebody’s answers by what they were asked."""
    form = registration.form_version
    labels = {question["id"]: question["label"] for question in form.questions} if form else {}
    return {labels.get(asked, asked): answer for asked, answer in registration.answers.items()}


def forget(contact: Contact, now: datetime.datetime) -> int:
    """Give back the seats of a contact and leave of each registration event, state and country.

    Return how many there were (R25). It takes the seats of each event, so nothing may enclose it.
    """
    reported = Q(registration__contact=contact) | Q(address=contact.address)
    AttendanceRow.objects.filter(reported).delete()
    events = sorted(set(contact.registrations.values_list("event", flat=True)))
    forgotten = sum(_forget_at(event_id, contact, now) for event_id in events)
    theirs = Delivery.objects.filter(contact=contact)
    theirs.filter(Q(purpose__in=PURPOSES) | Q(payload__has_key="registration")).delete()
    return forgotten


def _forget_at(event_id: int, contact: Contact, now: datetime.datetime) -> int:
    def work(book: Book) -> int:
        rows = Registration.objects.filter(event=event_id, contact=contact)
        for registration in rows.filter(state__in=rules.ACTIVE):
            book.move(registration, State.CANCELLED, FORGOTTEN)
        return _strip(event_id, contact)

    try:
        return with_seats(event_id, now, work)
    except EventSeats.DoesNotExist:
        return _strip(event_id, contact)


def _strip(event_id: int, contact: Contact) -> int:
    rows = Registration.objects.filter(event=event_id, contact=contact)
    RegistrationEvent.objects.filter(registration__in=rows).update(why="", by=None)
    return rows.update(
        contact=None,
        user=None,
        name="",
        organisation="",
        language=settings.LANGUAGE_CODE,
        time_zone="UTC",
        answers={},
        minutes_present=None,
    )
