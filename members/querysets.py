"""Which affiliations of members with institutions."""

import datetime

from people.querysets import TermOfOfficeQuerySet


class AffiliationQuerySet(TermOfOfficeQuerySet):
    def held(self, on: datetime.date) -> "AffiliationQuerySet":
        """Those that were confirmed and run on this day: they give what rights there are."""
        return self.in_office(on).filter(state="confirmed")

    def representing(self, on: datetime.date) -> "AffiliationQuerySet":
        """Those of members who speak for the institution on this day."""
        return self.held(on).filter(title="representative")

    def open(self) -> "AffiliationQuerySet":
        """Those that are asked for or held without an end."""
        return self.filter(until__isnull=True, state__in=["asked", "confirmed"])
