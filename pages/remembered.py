"""What a page shows of other pages, remembered until the content changes."""

from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest
from django.utils.translation import get_language
from wagtail.models import Page

from . import generation

Kept = TypeVar("Kept")
LONGEST_SECONDS = 300


def remembered(name: str, make: Callable[[], Kept]) -> Kept:
    """Return what ``make`` returns, from the cache where it was made for this language before.

    ``name`` says what it is and everything but the language on which it depends. A change of the
    content forgets it at once (``pages.generation``); what also depends on the time, such as the
    next event, is as old as a cached page may be and no older.
    """
    key = f"remembered:{generation.current()}:{get_language()}:{name}"
    seconds = min(settings.PAGE_CACHE_SECONDS or LONGEST_SECONDS, LONGEST_SECONDS)
    return caches["default"].get_or_set(key, make, seconds)


def remembered_unless_preview(
    request: HttpRequest, page: Page, name: str, make: Callable[[], Kept]
) -> Kept:
    """Return what ``make`` returns about a page: remembered, but made anew for a draft."""
    if getattr(request, "is_preview", False) or not page.pk:
        return make()
    return remembered(f"{name}:{page.pk}", make)
