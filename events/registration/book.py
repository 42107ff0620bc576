"""The list of who takes part in one event: the only place where seats change hands.

A book is open while the seats are locked (``lock.with_seats``). It keeps the counters of the event
equal to its rows, writes down every change and plans the mail that tells of it; all of that
commits or vanishes together.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Q

from accounts.models import User
from events.models import EventSeats, Registration, RegistrationEvent
from mail import outbox

from . import mail as letters
from . import rules
from .rules import State


@dataclass(frozen=True)
class Because:
    """Who changed a registration and why; whether the person is told by mail."""

    why: str = ""
    by: User | None = None
    is_told: bool = True


OF_ITSELF = Because()


@dataclass(frozen=True)
class Around:
    """What a book has to know beside the seats.

    ``sequence`` is that of the event’s entry in calendars; ``has_overdue`` says whether the time of
    some hold or offer is over.
    """

    occasion: rules.Occasion
    sequence: int = 0
    has_overdue: bool = False


def ran_out(now: datetime.datetime) -> Q:
    """Return the condition of the holds and offers whose time is over."""
    return Q(state__in=rules.UNPROVEN, hold_until__lte=now) | Q(
        state=State.OFFERED, offer_until__lte=now
    )


class Book:
    """Who takes part in one event, for as long as nobody else can change it."""

    def __init__(self, seats: EventSeats, around: Around, now: datetime.datetime):
        self.seats = seats
        self.around = around
        self.occasion = around.occasion
        self.now = now
        self._mails: list[outbox.Planned] = []

    # What is the case ----------------------------------------------------------------------------

    def find(self, registration_id: int) -> Registration:
        """Return a registration of this event as it is now."""
        return Registration.objects.select_related("contact").get(
            pk=registration_id, event=self.seats.event_id
        )

    def has_room(self) -> bool:
        """Say whether a newcomer gets a seat."""
        seats = self.seats
        return rules.has_room(seats.capacity, seats.seats_held, seats.waiting)

    def may_hold(self) -> bool:
        """Say whether a seat may be held for an address that nobody has confirmed."""
        if self.seats.capacity is None:
            return True
        holds = self._rows().filter(state=State.HELD).count()
        return rules.may_hold(self.seats.capacity, holds)

    # What changes it -----------------------------------------------------------------------------

    def enter(self, registration: Registration) -> None:
        """Add somebody in the state in which the registration stands."""
        if registration.state == State.WAITING:
            registration.queue_no = self.next_number()
        registration.event_id = self.seats.event_id
        registration.registered_at = registration.link_sent_at = self.now
        self._number_calendar(registration, "")
        registration.save(force_insert=True)
        self._count(registration.state, 1)
        self._note(registration, "", OF_ITSELF)

    def move(
        self,
        registration: Registration,
        after: State,
        because: Because = OF_ITSELF,
        *,
        until: datetime.datetime | None = None,
    ) -> None:
        """Take somebody from one state to another; raises ``ValueError`` where no step leads.

        ``until`` says how long an offer stands.
        """
        before = registration.state
        if not rules.may_step(before, after):
            raise ValueError(f"No step leads from {before} to {after}.")
        registration.state = after.value
        registration.queue_no = self.next_number() if after == State.WAITING else None
        registration.hold_until = None
        registration.offer_until = until
        if after == State.CONFIRMED:
            registration.confirmed_at = self.now
        registration.ended_at = self.now if after in rules.ENDS else None
        self._count(before, -1)
        self._count(after, 1)
        self._number_calendar(registration, before)
        registration.save()
        self._note(registration, before, because)

    def place(self, registration: Registration, because: Because = OF_ITSELF) -> None:
        """Give somebody a seat, or a place at the end of the queue; both are told."""
        has_seat = registration.state in rules.SEATED
        after = State.CONFIRMED if has_seat or self.has_room() else State.WAITING
        self.move(registration, after, because)

    def free_what_ran_out(self) -> None:
        """End the holds and offers whose time is over, the oldest first."""
        if not self.around.has_overdue:
            return
        over = self._rows().filter(ran_out(self.now))
        for registration in over.select_related("contact").order_by("pk"):
            if registration.state == State.OFFERED:
                missed = rules.after_missed_offer(registration.offers)
                self.move(registration, missed, Because("no answer"))
            else:
                self.move(registration, State.EXPIRED, Because("not confirmed"))

    def fill(self) -> list[Registration]:
        """Give free seats to those who wait, in their order; return whom (R3)."""
        seats = self.seats
        free = rules.free_seats(seats.capacity, seats.seats_held, seats.waiting)
        if not (free and seats.waiting and self.occasion.is_ahead(self.now)):
            return []
        line = self._rows().filter(state=State.WAITING).order_by("queue_no")
        promoted = list(line.select_related("contact")[:free])
        for registration in promoted:
            self._promote(registration)
        return promoted

    def next_number(self) -> int:
        """Return a place behind everybody who ever stood in this queue."""
        self.seats.clock += 1
        return self.seats.clock

    def close(self) -> None:
        """Write the seats down, counters and terms at once, and plan the mails."""
        seats = self.seats
        seats.overbook = rules.overbooked(seats.capacity, seats.seats_held)
        seats.save(force_update=True)
        if self._mails:
            outbox.put(self._mails)

    def tell_again(self, registration: Registration) -> None:
        """Send somebody their link once more."""
        registration.link_sent_at = self.now
        registration.save(update_fields=["link_sent_at"])
        self._mails.append(letters.link_again(registration, self.now))

    # How -----------------------------------------------------------------------------------------

    def _rows(self):
        return Registration.objects.filter(event=self.seats.event_id)

    def _promote(self, registration: Registration) -> None:
        seats, until = self.seats, None
        if seats.mode == EventSeats.Mode.OFFER:
            until = rules.offer_until(self.now, self.occasion.starts_at, seats.offer_minutes)
        registration.offers += 1 if until else 0
        after = State.OFFERED if until else State.CONFIRMED
        self.move(registration, after, Because("next in line"), until=until)

    def _number_calendar(self, registration: Registration, before: str) -> None:
        """Give the calendar mail that this change sends its number."""
        if letters.calendar_method(before, registration.state):
            registration.ics_sequence_sent = rules.sequence_to_send(
                self.around.sequence, registration.ics_sequence_sent
            )

    def _count(self, state: str, change: int) -> None:
        if state in rules.SEATED:
            self.seats.seats_held += change
        if state == State.WAITING:
            self.seats.waiting += change

    def _note(self, registration: Registration, before: str, because: Because) -> None:
        change = RegistrationEvent.objects.create(
            registration=registration,
            before=before,
            after=registration.state,
            by=because.by,
            why=because.why,
            at=self.now,
        )
        planned = letters.about(change, self.now) if because.is_told else None
        if planned:
            self._mails.append(planned)
