"""What a reminder says, written when it leaves: to whom it still applies, on the reader’s clock.

Nothing in it is older than the moment at which a mailer took it, so “tomorrow” is tomorrow (R9).
The link to join leads to the reader’s own page, never to the meeting tool.
"""

import datetime
import uuid
from dataclasses import dataclass, replace

from django.conf import settings
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from accounts.models import User
from events import times
from events.lines import where
from events.messages.mail import gives_away, reply_to
from events.models import EventAccess, EventPage, Registration, ReminderRule
from events.registration import mail as registration_mail
from events.registration.doors import occasion as occasion_of
from events.registration.rules import Occasion, State
from events.registration.sections import place_in_line
from mail import writers
from mail.message import Message
from mail.models import Delivery

from . import rules
from .actions import PURPOSE

TEST = "reminder_test"
USUALLY_OPENS = EventAccess._meta.get_field("opens_before_min").default


def register_writers() -> None:
    """Let the outbox ask this module when the turn of a reminder comes."""
    writers.register(PURPOSE, write=write, may_send=may_send)


def may_send(delivery: Delivery, now: datetime.datetime) -> str:
    """Return why somebody is not reminded after all, or an empty string (R9)."""
    rule, registration = _subject(delivery)
    if registration is None or registration.contact_id is None:
        return "erased"
    if rule is None or not rule.enabled:
        return "switched off"
    occasion = occasion_of(registration.event)
    if reason := rules.obstacle(occasion):
        return reason
    anchor = rule.timing.anchor(occasion)
    if anchor is None or int(anchor.timestamp()) != delivery.payload["anchor"]:
        return "moved"
    if registration.state not in rules.states_of(rule.audience):
        return f"meanwhile {registration.state}"
    # The way in may have been set up after the words were written.
    is_leak = rule.words and gives_away(registration.event, rule.words)
    return "gives the link to join away" if is_leak else ""


def write(delivery: Delivery) -> Message:
    """Return the mail to one person, as of the moment at which a mailer took it."""
    rule, registration = _subject(delivery)
    now = delivery.claimed_at or delivery.due_at
    return written(rule, registration, delivery.key, now)


def written(rule: ReminderRule, to: Registration, key: str, now: datetime.datetime) -> Message:
    """Return what somebody gets by a rule at this moment."""
    with override(to.language):
        event = registration_mail.version_of(to.event, to.language)
        context = _context(rule, to, event, now)
    message = registration_mail.letter(PURPOSE, to, key, context)
    return replace(message, reply_to=reply_to(to.event))


def sample(
    rule: ReminderRule, event: EventPage, to: User, language: str, now: datetime.datetime
) -> Message:
    """Return a reminder as the organiser would get it when it is due, to look at or to try out."""
    anchor = rule.timing.anchor(occasion_of(event))
    due_at = rule.timing.due_at(anchor, times.zone_of(event)) if anchor else now
    states = rules.states_of(rule.audience)
    state = next(state for state in State if state in states).value
    person = registration_mail.try_out(event, to, language=language, state=state)
    message = written(rule, person, f"{TEST}:{uuid.uuid4()}", due_at)
    return replace(message, recipient=to.email, purpose=TEST)


@dataclass(frozen=True)
class _Ways:
    """The addresses in a mail; somebody who only tries it out has no page of their own."""

    own: str
    join: str
    calendar: str


def _context(
    rule: ReminderRule, to: Registration, event: EventPage, now: datetime.datetime
) -> dict[str, object]:
    zone = times.zone_named(to.time_zone)
    occasion = occasion_of(event)
    is_ahead = occasion.over_at is None or now < occasion.over_at
    ways = _ways(to, event)
    return {
        "name": to.name,
        "subject": _subject_line(event, occasion, zone, now),
        "lead": _lead(event, occasion, zone, now),
        "standing": _standing(to, zone) if is_ahead else "",
        "words": rule.words,
        "event": event,
        "times": times.times(event, zone),
        "event_url": event.full_url,
        "where": where(event) if is_ahead and event.mode != EventPage.Mode.ONLINE else "",
        "join_url": ways.join if is_ahead else "",
        "join_words": _join_words(to.event) if is_ahead and ways.join else "",
        "calendar_url": ways.calendar if is_ahead else "",
        "url": ways.own,
        "has_seat": is_ahead and to.state == State.CONFIRMED,
        "is_ahead": is_ahead,
    }


def _subject_line(
    event: EventPage, occasion: Occasion, zone: datetime.tzinfo, now: datetime.datetime
) -> str:
    """Return “Tomorrow at 15:00: Open meeting”."""
    if occasion.starts_at is None:
        return event.title
    if now < occasion.starts_at:
        when = capfirst(_when(occasion.starts_at, zone, now))
        return _("%(when)s: %(title)s") % {"when": when, "title": event.title}
    if now < occasion.over_at:
        return _("Now: %(title)s") % {"title": event.title}
    return _("After the event: %(title)s") % {"title": event.title}


def _lead(
    event: EventPage, occasion: Occasion, zone: datetime.tzinfo, now: datetime.datetime
) -> str:
    if occasion.starts_at is None:
        return _("You are registered for this event; its date is still to come.")
    if now < occasion.starts_at:
        when = _when(occasion.starts_at, zone, now)
        return _("This event begins %(when)s on your clock.") % {"when": when}
    if now < occasion.over_at:
        return _("This event has begun.")
    return _("You were registered for this event.")


def _when(at: datetime.datetime, zone: datetime.tzinfo, now: datetime.datetime) -> str:
    """Return “tomorrow at 15:00”, as people count days on their own clock."""
    local = at.astimezone(zone)
    days = (local.date() - now.astimezone(zone).date()).days
    words = {0: _("today at %(time)s"), 1: _("tomorrow at %(time)s")}
    other = _("on %(day)s at %(time)s")
    said = {"time": times.clock(local), "day": times.day_words(local, year=False)}
    return words.get(days, other) % said


def _standing(to: Registration, zone: datetime.tzinfo) -> str:
    """Return where somebody stands, as far as it matters for taking part."""
    if to.state == State.WAITING:
        place = place_in_line(to) if to.pk else 1
        words = _(
            "You are number %(place)s on the waiting list; you have no seat yet. "
            "We write to you when one becomes free for you."
        )
        return words % {"place": place}
    if to.state == State.OFFERED and to.offer_until:
        until = times.moment(to.offer_until, zone)
        return _("A seat is free for you. Take it by %(until)s.") % {"until": until}
    words_of = {
        State.CONFIRMED: _("You have a seat."),
        State.RECORDING: _("You asked for the recording; we write to you once it is there."),
    }
    return words_of.get(State(to.state), "")


def _join_words(event: EventPage) -> str:
    access = EventAccess.objects.filter(event=event).first()
    minutes = access.opens_before_min if access else USUALLY_OPENS
    words = ngettext(
        "The way in is shown there from %(number)d minute before it begins.",
        "The way in is shown there from %(number)d minutes before it begins.",
        minutes,
    )
    return words % {"number": minutes}


def _ways(to: Registration, event: EventPage) -> _Ways:
    has_way_in = to.state == State.CONFIRMED and event.mode != EventPage.Mode.IN_PERSON
    own = join = event.full_url or ""
    if to.pk:
        own = registration_mail.address("registration", to)
        join = registration_mail.address("registration_join", to) if has_way_in else ""
    return _Ways(own=own, join=join if has_way_in else "", calendar=_calendar(event))


def _calendar(event: EventPage) -> str:
    """Return where the entry for calendars can be had again, if everybody may have it."""
    if event.starts_at is None or event.get_view_restrictions().exists():
        return ""
    return f"{settings.SITE_ADDRESS.rstrip('/')}{reverse('event_ics', args=[event.pk])}"


def _subject(delivery: Delivery) -> tuple[ReminderRule | None, Registration | None]:
    """Return the rule and the registration of a mail, as they are now."""
    rule = ReminderRule.objects.filter(pk=delivery.payload["rule"]).first()
    return rule, registration_mail.registration_of(delivery)
