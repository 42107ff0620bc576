"""Which knowledge products."""

from pages.querysets import SitePageQuerySet


class ResourceQuerySet(SitePageQuerySet):
    def current(self) -> "ResourceQuerySet":
        """The newest edition of each product, and nothing that was withdrawn."""
        return self.filter(superseded_by__isnull=True).exclude(status="withdrawn")
