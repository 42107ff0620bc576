"""Which events. The clock always comes in as ``now``."""

import datetime

from django.db.models import Q, QuerySet

from pages.querysets import SitePageQuerySet

from . import rules

DOMAIN = "decentralization.net"


def ical_uid(event) -> str:
    """Return the name of a meeting for calendars: one for life and for all its translations."""
    return f"{event.translation_key}@{DOMAIN}"


class EventQuerySet(SitePageQuerySet):
    """Events; every method that depends on the time takes it."""

    def upcoming(self, now: datetime.datetime) -> "EventQuerySet":
        """Those that have not ended, the next first."""
        return self.filter(
            Q(ends_at__gt=now) | Q(ends_at__isnull=True, starts_at__gt=now)
        ).order_by("starts_at", "pk")

    def past(self, now: datetime.datetime) -> "EventQuerySet":
        """Those that have ended, the latest first."""
        return self.filter(
            Q(ends_at__lte=now) | Q(ends_at__isnull=True, starts_at__lte=now)
        ).order_by("-starts_at", "-pk")

    def taking_place(self) -> "EventQuerySet":
        """Those that are still on: neither cancelled nor postponed."""
        return self.exclude(status__in=["cancelled", "postponed"])

    def recorded(self) -> "EventQuerySet":
        """Those whose recording can be watched."""
        return self.filter(recording="available")

    def between(self, start: datetime.datetime, end: datetime.datetime) -> "EventQuerySet":
        """Those that touch the time from ``start`` up to, not including, ``end``.

        The bound on the start lets the index do the work; no event lasts longer.
        """
        return self.filter(
            Q(ends_at__gt=start) | Q(ends_at__isnull=True, starts_at__gte=start),
            starts_at__gte=start - rules.LONGEST,
            starts_at__lt=end,
        ).order_by("starts_at", "pk")


class EventStateQuerySet(QuerySet):
    """What calendars elsewhere were told."""

    def of(self, event):
        """Return the calendar entry of a meeting, by any of its pages; one of a draft is new."""
        known = self.filter(meeting=event.translation_key).first()
        return known or self.model(
            meeting=event.translation_key,
            ical_uid=ical_uid(event),
            changed_at=event.latest_revision_created_at or event.starts_at,
        )
