"""Seats and people who want them, for tests."""

import datetime

from accounts.actions import open_account
from events.models import EventPage, EventSeats, Registration
from events.registration import actions
from events.registration.people import Who
from events.registration.rules import ACTIVE, SEATED
from mail import contacts


def make_seats(event: EventPage, capacity: int | None = 2, **fields) -> EventSeats:
    """Open registration for an event."""
    return EventSeats.objects.create(
        event=event, meeting=event.translation_key, capacity=capacity, **fields
    )


def guest(name: str, now: datetime.datetime) -> Who:
    """Return somebody whose address nobody has confirmed."""
    contact = contacts.contact_for(f"{name.lower()}@example.org", now=now, name=name)
    return Who(contact, name)


def member(name: str, now: datetime.datetime) -> Who:
    """Return somebody who is logged in, as membership would tell of them."""
    who = guest(name, now)
    contacts.confirm(who.contact, now)
    if who.contact.user is None:
        who.contact.user = open_account(who.contact.email, name=name)
        who.contact.save(update_fields=["user"])
    return Who(who.contact, name, user=who.contact.user)


def take(event: EventPage, name: str, now: datetime.datetime, **asked) -> Registration:
    """Register a member and return their registration."""
    wish = actions.Asked(**asked)
    return actions.register(event.pk, member(name, now), wish, now).registration


def assert_in_order(event: EventPage) -> None:
    """Check what must hold at every commit (R1, R3, R6)."""
    seats = EventSeats.objects.get(event=event)
    rows = list(Registration.objects.filter(event=event))
    active = [row for row in rows if row.state in ACTIVE]
    line = [row.queue_no for row in rows if row.state == "waiting"]
    assert seats.seats_held == sum(row.state in SEATED for row in rows)
    assert seats.waiting == len(line)
    assert len(set(line)) == len(line)
    assert len({row.contact_id for row in active}) == len(active)
    if seats.capacity is not None:
        assert seats.seats_held <= seats.capacity + seats.overbook
        assert not (line and seats.seats_held < seats.capacity)
