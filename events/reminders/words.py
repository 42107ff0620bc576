"""Reminders in words, for organisers."""

import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from events import times

from .rules import DAY_MINUTES, Basis, Fault, Timing


def when_words(timing: Timing, zone: datetime.tzinfo) -> str:
    """Return “1 day before it begins”, “2 days before it begins, at 09:00” or the moment itself."""
    if timing.basis == Basis.MOMENT:
        return times.moment(timing.moment, zone) if timing.moment else ""
    is_before = timing.basis == Basis.START
    if timing.days is not None:
        return _on_the_wall(timing, is_before)
    number, unit = amount(timing.minutes or 0)
    return _PASSING[unit](number, is_before)


def amount(minutes: int) -> tuple[int, str]:
    """Return so many minutes in the largest unit that says them whole."""
    if minutes % DAY_MINUTES == 0:
        return minutes // DAY_MINUTES, "days"
    return (minutes // 60, "hours") if minutes % 60 == 0 else (minutes, "minutes")


def fault_words(fault: Fault) -> str:
    """Return why a reminder cannot be set up like this."""
    words = {
        Fault.PAST: _("That is over already, so nobody would get it."),
        Fault.TOO_LATE: _("At that time the event has begun already."),
    }
    return words[fault]


def obstacle_words(obstacle: str) -> str:
    """Return why nobody is reminded of an event at all, or an empty string."""
    words = {
        "cancelled": _("The event is cancelled, so nobody is reminded of it."),
        "postponed": _("The event is postponed, so nobody is reminded of it until it has a date."),
        "unpublished": _("The event is not on the site, so nobody is reminded of it."),
    }
    return words.get(obstacle, "")


def skipped_words(reason: str) -> str:
    """Return why somebody was not reminded; ``reason`` is what the outbox noted."""
    words = {
        "missed": _("missed: no mails left at that time, and later it was of no use"),
        "moved": _("the event had moved"),
        "cancelled": _("the event was cancelled"),
        "postponed": _("the event was postponed"),
        "unpublished": _("the event was taken off the site"),
        "switched off": _("the reminder was switched off"),
        "suppressed": _("mails to this address came back"),
        "unverified": _("the address was not confirmed"),
        "gives the link to join away": _("your words name the link to join"),
        "erased": _("the person was forgotten on request"),
    }
    if reason.startswith("meanwhile"):
        return _("the person was no longer among those it is for")
    return words.get(reason, reason)


def _on_the_wall(timing: Timing, is_before: bool) -> str:
    time = times.clock(timing.at_time)
    if not timing.days:
        words = (
            _("on the day it begins, at %(time)s")
            if is_before
            else _("on the day it ends, at %(time)s")
        )
        return words % {"time": time}
    if is_before:
        words = ngettext(
            "%(number)d day before it begins, at %(time)s",
            "%(number)d days before it begins, at %(time)s",
            timing.days,
        )
    else:
        words = ngettext(
            "%(number)d day after it ends, at %(time)s",
            "%(number)d days after it ends, at %(time)s",
            timing.days,
        )
    return words % {"number": timing.days, "time": time}


def _days(number: int, is_before: bool) -> str:
    if is_before:
        words = ngettext(
            "%(number)d day before it begins", "%(number)d days before it begins", number
        )
    else:
        words = ngettext("%(number)d day after it ends", "%(number)d days after it ends", number)
    return words % {"number": number}


def _hours(number: int, is_before: bool) -> str:
    if is_before:
        words = ngettext(
            "%(number)d hour before it begins", "%(number)d hours before it begins", number
        )
    else:
        words = ngettext("%(number)d hour after it ends", "%(number)d hours after it ends", number)
    return words % {"number": number}


def _minutes(number: int, is_before: bool) -> str:
    if is_before:
        words = ngettext(
            "%(number)d minute before it begins", "%(number)d minutes before it begins", number
        )
    else:
        words = ngettext(
            "%(number)d minute after it ends", "%(number)d minutes after it ends", number
        )
    return words % {"number": number}


_PASSING = {"days": _days, "hours": _hours, "minutes": _minutes}
