"""What happens around a request: the second factor, when a session was last seen, time zones."""

import hashlib
from collections.abc import Callable
from zoneinfo import ZoneInfo

from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone

from . import second_factor
from .preferences import COOKIE, zone

View = Callable[[HttpRequest], HttpResponse]
SEEN_EVERY_SECONDS = 600
SAFE_METHODS = frozenset({"GET", "HEAD"})


class SecondFactorMiddleware:
    """Let nobody into the admin who needs a second factor and has not shown it in this session.

    Every address below the admin’s is guarded, whichever app brought it and however the session
    began. Whoever has no second factor yet is led to set one up, and then back.
    """

    def __init__(self, get_response: View):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, *view) -> HttpResponse | None:
        admin = reverse("wagtailadmin_home")
        if not request.path.startswith(admin) or _is_way_out(request):
            return None
        if second_factor.may_enter(request):
            request.session.pop(second_factor.WANTED, None)
            return None
        wanted = request.get_full_path() if request.method == "GET" else admin
        if not second_factor.has_one(request.user):
            request.session[second_factor.WANTED] = wanted
            return redirect("mfa_index")
        by_passkey = second_factor.has_passkey(request.user)
        page = "mfa_reauthenticate_webauthn" if by_passkey else "mfa_reauthenticate"
        return redirect_to_login(wanted, login_url=page)


def _is_way_out(request: HttpRequest) -> bool:
    return request.resolver_match.url_name == "wagtailadmin_logout"


class LastSeenMiddleware:
    """Keep when a session was last used, written at most every ten minutes.

    Only for what is looked at: the page with a form was opened just before the form is sent, and
    when hundreds send theirs at once the database has better things to do.
    """

    def __init__(self, get_response: View):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        key = request.COOKIES.get(settings.SESSION_COOKIE_NAME)
        is_looked_at = request.method in SAFE_METHODS and response.status_code < 400
        if key and is_looked_at and _is_due(key):
            UserSession.objects.filter(session_key=key).update(last_seen_at=timezone.now())
        return response


def _is_due(session_key: str) -> bool:
    digest = hashlib.sha256(session_key.encode()).hexdigest()
    return cache.add(f"accounts.seen:{digest}", True, SEEN_EVERY_SECONDS)


class ReaderTimeZoneMiddleware:
    """Set ``request.time_zone`` to the reader’s zone, or to ``None`` where we do not know it.

    The zone remembered by the public switch (a cookie) goes before the one of the account.
    Anonymous readers cost no query, and their session is never opened, so that their pages
    stay the same for everybody.
    """

    def __init__(self, get_response: View):
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.time_zone = zone(request.COOKIES.get(COOKIE)) or account_zone(request)
        return self.get_response(request)


def account_zone(request: HttpRequest) -> ZoneInfo | None:
    """Return the zone of the signed-in person; without a session cookie nobody is signed in."""
    if settings.SESSION_COOKIE_NAME not in request.COOKIES:
        return None
    return zone(getattr(request.user, "time_zone", None))
