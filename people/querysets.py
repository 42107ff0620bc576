"""Which people and terms of office."""

import datetime

from django.db import models
from django.db.models import Q


class PersonQuerySet(models.QuerySet):
    def public(self) -> "PersonQuerySet":
        """Those who have a page of their own."""
        return self.filter(is_public=True)

    def with_public_face(self) -> "PersonQuerySet":
        """Load with each person what their line in a list shows."""
        return self.select_related("photo", "country", "organisation").prefetch_related(
            "photo__renditions", "biographies"
        )


class TermOfOfficeQuerySet(models.QuerySet):
    def in_office(self, on: datetime.date) -> "TermOfOfficeQuerySet":
        """Terms that include this day."""
        return self.filter(Q(until__isnull=True) | Q(until__gte=on), since__lte=on)

    def ended(self, on: datetime.date) -> "TermOfOfficeQuerySet":
        """Terms that were over before this day."""
        return self.filter(until__lt=on)
