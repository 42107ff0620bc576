"""The reminders of one event, as organisers see them: when, for whom, and what became of them."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils.text import capfirst
from django.utils.timesince import timeuntil
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import times
from events.models import EventPage, Registration, ReminderRule
from events.registration.doors import occasion
from mail.models import Contact, Delivery, DeliveryState
from mail.tally import FAILED, ON_ITS_WAY

from . import rules
from .actions import PURPOSE
from .words import skipped_words, when_words


@dataclass
class Tally:
    """What became of the mails of one reminder; ``earlier`` counts those for other dates."""

    sent: int = 0
    waiting: int = 0
    failed: int = 0
    earlier: int = 0
    skipped: Counter[str] = field(default_factory=Counter)

    def lines(self) -> list[str]:
        """Return it in words; nothing where there was no mail yet."""
        said = [
            _counted(self.sent, _sent),
            _counted(self.waiting, _waiting),
            _counted(self.failed, _failed),
            *(f"{_not_sent(n)}: {skipped_words(why)}" for why, n in self.skipped.most_common()),
            _counted(self.earlier, _earlier),
        ]
        return [words for words in said if words]


@dataclass(frozen=True)
class Line:
    """One reminder. ``moments`` say when it is due, on the event’s clock and in UTC."""

    rule: ReminderRule
    title: str
    moments: list[str]
    note: str
    people: int
    tally: Tally

    @property
    def has_left(self) -> bool:
        """Mails for the date that the event has now were sent, so its hour stays as it is."""
        return bool(self.tally.sent)

    @property
    def is_removable(self) -> bool:
        """It is no usual one, and nobody ever got it."""
        return not (self.rule.standard or self.tally.sent or self.tally.earlier)


def lines(event: EventPage, now: datetime.datetime) -> list[Line]:
    """Return the reminders of a meeting, the first to go out first: three queries for all.

    ``event`` is the page that holds the registrations.
    """
    found = list(ReminderRule.objects.filter(meeting=event.translation_key).order_by("pk"))
    people, tallies = _people(event.pk), _tallies(event, found)
    made = [_line(rule, event, people, tallies[rule.pk], now) for rule in found]
    return sorted(made, key=lambda line: _due_at(line.rule, event) or now)


def _line(
    rule: ReminderRule,
    event: EventPage,
    people: Counter[str],
    tally: Tally,
    now: datetime.datetime,
) -> Line:
    zone, due_at = times.zone_of(event), _due_at(rule, event)
    return Line(
        rule=rule,
        title=capfirst(when_words(rule.timing, zone)),
        moments=_moments(due_at, zone) if due_at else [],
        note=_note(rule, due_at, now),
        people=sum(people[state] for state in rules.states_of(rule.audience)),
        tally=tally,
    )


def _due_at(rule: ReminderRule, event: EventPage) -> datetime.datetime | None:
    anchor = rule.timing.anchor(occasion(event))
    return rule.timing.due_at(anchor, times.zone_of(event)) if anchor else None


def _moments(at: datetime.datetime, zone: datetime.tzinfo) -> list[str]:
    """Return an instant on both clocks, once where they agree."""
    said = [times.moment(at, zone)]
    if zone.utcoffset(at.astimezone(zone).replace(tzinfo=None)):
        said.append(times.moment(at, times.UTC))
    return said


def _note(rule: ReminderRule, due_at: datetime.datetime | None, now: datetime.datetime) -> str:
    """Return what to know of when it goes out."""
    if not rule.enabled:
        return _("Switched off")
    if due_at is None:
        return _("Once the event has a date")
    if due_at > now:
        return _("In %(time)s") % {"time": timeuntil(due_at, now, depth=2)}
    if due_at < rule.armed_at:
        return _("Its time was over when it was set up; it goes out if the event moves")
    return _("Its time has come")


def _people(event_id: int) -> Counter[str]:
    """Return how many people in each state can be written to."""
    rows = Registration.objects.filter(event=event_id, contact__state=Contact.State.OK)
    return Counter(dict(rows.order_by().values_list("state").annotate(Count("pk"))))


def _tallies(event: EventPage, found: Collection[ReminderRule]) -> dict[int, Tally]:
    """Return what became of the mails of all rules, found by the people of the event."""
    people = Registration.objects.filter(event=event.pk).values("contact")
    mails = Delivery.objects.filter(
        purpose=PURPOSE, contact__in=people, payload__rule__in=[rule.pk for rule in found]
    )
    anchors = {rule.pk: _epoch(rule.timing.anchor(occasion(event))) for rule in found}
    tallies: dict[int, Tally] = defaultdict(Tally)
    rows = mails.order_by().values_list("payload__rule", "payload__anchor", "state", "error")
    for rule, anchor, state, error, number in rows.annotate(Count("pk")):
        _add(tallies[rule], anchor == anchors[rule], state, error, number)
    return tallies


def _add(tally: Tally, is_present: bool, state: str, error: str, number: int) -> None:
    if not is_present:
        tally.earlier += number if state == DeliveryState.SENT else 0
    elif state == DeliveryState.SENT:
        tally.sent += number
    elif state == DeliveryState.SKIPPED:
        tally.skipped[error] += number
    elif state in ON_ITS_WAY:
        tally.waiting += number
    elif state in FAILED:
        tally.failed += number


def _epoch(at: datetime.datetime | None) -> int | None:
    return int(at.timestamp()) if at else None


def _counted(number: int, words) -> str:
    return words(number) if number else ""


def _sent(number: int) -> str:
    words = ngettext("Sent to %(number)d person", "Sent to %(number)d people", number)
    return words % {"number": number}


def _waiting(number: int) -> str:
    words = ngettext("%(number)d mail is waiting", "%(number)d mails are waiting", number)
    return words % {"number": number}


def _failed(number: int) -> str:
    words = ngettext("%(number)d mail failed", "%(number)d mails failed", number)
    return words % {"number": number}


def _not_sent(number: int) -> str:
    words = ngettext("Not sent to %(number)d person", "Not sent to %(number)d people", number)
    return words % {"number": number}


def _earlier(number: int) -> str:
    words = ngettext(
        "Sent to %(number)d person for an earlier date",
        "Sent to %(number)d people for an earlier date",
        number,
    )
    return words % {"number": number}
