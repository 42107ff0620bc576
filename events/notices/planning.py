"""Planning who is told of a change that has settled (R7).

All of one meeting is planned while its seats are locked: nobody is confirmed, cancels or is given
another number for their calendar meanwhile, and whatever cuts it off leaves nothing behind. So it
may run at any time, twice, in parallel and after a crash.
"""

import datetime
import uuid
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial

from django.db.models import F, IntegerField, QuerySet, Value
from django.db.models.functions import Coalesce, Greatest

from events.models import (
    ChangeNotice,
    EventSeats,
    MeetingFacts,
    Registration,
    Told,
)
from events.registration.book import Book
from events.registration.lock import Busy, with_seats
from events.registration.rules import State
from mail.bulk import Letter, Mailing, pages, plan_bulk
from mail.models import Delivery, DeliveryState, Lane

from . import keys, rules
from .readers import let_go_again

PAGE = 500
NOT_SENT = (
    DeliveryState.QUEUED,
    DeliveryState.LEASED,
    DeliveryState.SKIPPED,
    DeliveryState.FAILED,
)
Outcome = ChangeNotice.Outcome


def plan_change_notices(now: datetime.datetime) -> int:
    """Plan the notices of all changes that have settled; return how many mails are new.

    A meeting that was taken off the site waits until it is back.
    """
    on_site = Registration.objects.filter(event__live=True)
    let_go_again(keys.CHANGE, on_site, now)
    due = open_notices().filter(settles_at__lte=now, meeting__in=_on_site().values("meeting"))
    return sum(plan_one(notice, now) for notice in due.order_by("settles_at", "pk"))


def open_notices() -> QuerySet[ChangeNotice]:
    """Return the notices that wait until their meetings are quiet."""
    return ChangeNotice.objects.filter(closed_at=None)


def plan_one(notice: ChangeNotice, now: datetime.datetime) -> int:
    """Plan one notice if it is due and its page on the site; return how many mails are new.

    While very many people register the seats cannot be had: the next run tries again.
    """
    seats = _on_site().filter(meeting=notice.meeting).first()
    if seats is None:
        return 0
    try:
        return with_seats(seats.event_id, now, partial(_plan, notice))
    except Busy:
        return 0


def how_many(notice: ChangeNotice, event_id: int, now: datetime.datetime) -> int:
    """Return how many people a notice would reach if it went out now."""
    run = Run.of(notice, now)
    return sum(run.concerns(person) for page in _pages(event_id, run) for person in page)


def recipients(event_id: int) -> QuerySet[Registration]:
    """Return those who hear of what changes at an event."""
    return Registration.objects.filter(event=event_id, state__in=rules.AUDIENCE)


@dataclass(frozen=True)
class Person:
    """What planning needs to know of somebody; ``since`` is the sequence last told."""

    registration: int
    contact: int
    state: str
    since: int


@dataclass
class Run:
    """One notice while it is planned."""

    meeting: uuid.UUID
    history: Sequence[MeetingFacts]
    now: datetime.datetime
    _known: dict[tuple[int, bool], rules.Parts] = field(default_factory=dict)

    @classmethod
    def of(cls, notice: ChangeNotice, now: datetime.datetime) -> "Run":
        """Return it with everything that the meeting ever said."""
        return cls(notice.meeting, list(MeetingFacts.objects.filter(meeting=notice.meeting)), now)

    @property
    def sequence(self) -> int:
        """The sequence of how things stand now."""
        return self.history[-1].sequence

    @property
    def mailing(self) -> Mailing:
        """What its mails share: none is of use when all that they speak of is over."""
        ends = [facts.ends_at or facts.starts_at for facts in self.history]
        last = max((at for at in ends if at is not None), default=None)
        return Mailing(keys.CHANGE, Lane.REMINDER, not_after=last)

    def concerns(self, person: Person) -> bool:
        """Say whether there is anything to tell this person; worked out once for all alike."""
        kind = (person.since, person.state == State.RECORDING)
        if kind not in self._known:
            self._known[kind] = rules.to_tell(self.history, person.since, person.state, self.now)
        return bool(self._known[kind])

    def letter(self, person: Person) -> Letter:
        """Return the mail to this person."""
        return Letter(
            key=keys.of_change(self.meeting, self.sequence, person.registration),
            contact_id=person.contact,
            payload={
                "meeting": str(self.meeting),
                "registration": person.registration,
                "since": person.since,
                "sequence": self.sequence,
            },
            due_at=self.now,
        )


def _on_site() -> QuerySet[EventSeats]:
    """Return the seats of the events that are on the site."""
    return EventSeats.objects.filter(event__live=True)


def _plan(notice: ChangeNotice, book: Book) -> int:
    """Plan the mails of a notice with the seats in hand, unless it was closed or put off."""
    now = book.now
    due = open_notices().filter(pk=notice.pk, settles_at__lte=now)
    if not due.update(closed_at=now, outcome=Outcome.NOTHING):
        return 0
    run = Run.of(notice, now)
    planned = sum(_tell(page, run) for page in _pages(book.seats.event_id, run))
    if planned:
        ChangeNotice.objects.filter(pk=notice.pk).update(
            outcome=Outcome.TOLD, sequence=run.sequence, recipients=planned
        )
    return planned


def _tell(people: Collection[Person], run: Run) -> int:
    """Plan the mails to a page of people and write down what they know then."""
    told = [person for person in people if run.concerns(person)]
    if not told:
        return 0
    planned = plan_bulk([run.letter(person) for person in told], run.mailing)
    Told.objects.bulk_create(
        [Told(registration_id=person.registration, sequence=run.sequence) for person in told],
        update_conflicts=True,
        unique_fields=["registration"],
        update_fields=["sequence"],
    )
    _number_calendars([person.registration for person in told], run.sequence)
    return planned


def _number_calendars(registrations: Collection[int], sequence: int) -> None:
    """Give the calendar mails to those with a seat their number, which never falls (R15)."""
    higher = Coalesce(F("ics_sequence_sent"), Value(-1), output_field=IntegerField()) + 1
    Registration.objects.filter(pk__in=registrations, state=State.CONFIRMED).update(
        ics_sequence_sent=Greatest(Value(sequence), higher)
    )


def _pages(event_id: int, run: Run) -> Iterator[list[Person]]:
    """Return all who may have to be told, page by page, with what each was last told."""
    fields = ("contact_id", "state", "registered_at", "told__sequence")
    for found in pages(recipients(event_id), *fields, size=PAGE):
        yield _people(found, run)


def _people(rows: Sequence[tuple], run: Run) -> list[Person]:
    unheard = _unheard(
        keys.of_change(run.meeting, sequence, pk) for pk, *_, sequence in rows if sequence
    )
    return [
        Person(
            registration=pk,
            contact=contact,
            state=state,
            since=unheard.get(pk, _since(run, registered_at, sequence)),
        )
        for pk, contact, state, registered_at, sequence in rows
    ]


def _since(run: Run, registered_at: datetime.datetime, sequence: int | None) -> int:
    if sequence is None:
        return rules.known_since(run.history, registered_at)
    return sequence


def _unheard(planned: Iterator[str]) -> dict[int, int]:
    """Return of these mails those that did not leave, with what their readers know instead."""
    rows = Delivery.objects.filter(key__in=list(planned), state__in=NOT_SENT)
    return dict(rows.values_list("payload__registration", "payload__since"))
