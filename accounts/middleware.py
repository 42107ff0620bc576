"""In which time zone a reader sees times."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from .preferences import COOKIE, zone


class ReaderTimeZoneMiddleware:
    """Set ``request.time_zone`` to the reader’s zone, or to ``None`` where we do not know it.

    The zone remembered by the public switch (a cookie) goes before the one of the account.
    Anonymous readers cost no query, and their session is never opened, so that their pages
    stay the same for everybody.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.time_zone = zone(request.COOKIES.get(COOKIE)) or account_zone(request)
        return self.get_response(request)


def account_zone(request: HttpRequest) -> ZoneInfo | None:
    """Return the zone of the signed-in person; without a session cookie nobody is signed in."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return zone(getattr(request.user, "time_zone", None))
