"""Which events. The clock always comes in as ``now``."""

import datetime

from django.db.models import Q

from pages.querysets import SitePageQuerySet

from . import rules


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
