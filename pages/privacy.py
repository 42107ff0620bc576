"""Which parts of the tree only some may read."""

from wagtail.models import PageViewRestriction

from .remembered import remembered


def private_paths() -> tuple[str, ...]:
    """Return the tree paths under which pages are not public, without a query while remembered.

    Every list asks for them; a change of a restriction makes the site forget them at once.
    """
    return remembered("private-paths", _private_paths)


def _private_paths() -> tuple[str, ...]:
    return tuple(PageViewRestriction.objects.values_list("page__path", flat=True))


def is_private(path: str) -> bool:
    """Return whether the page at this tree path is behind a restriction."""
    return any(path.startswith(private) for private in private_paths())
