"""Which posts."""

from pages.querysets import SitePageQuerySet


class BlogQuerySet(SitePageQuerySet):
    """Posts; ``newest()`` is their usual order."""
