"""Which groups."""

from django.db.models import Q

from pages.querysets import SitePageQuerySet


class WorkingGroupQuerySet(SitePageQuerySet):
    """Working groups, in the order of the tree unless a method says otherwise."""

    def open(self) -> "WorkingGroupQuerySet":
        """Groups that are active or being formed."""
        return self.filter(~Q(status="archived"))
