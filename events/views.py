"""Addresses of the calendar that are no pages: files for calendars, the choice of a time zone."""

from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.preferences import COOKIE, zone

from . import ical
from .models import EventPage

YEAR_SECONDS = 365 * 24 * 60 * 60


@require_safe
def event_ics(request: HttpRequest, pk: str) -> HttpResponse:
    """Return one public event as a file for calendars."""
    event = EventPage.objects.live().public().select_related("locale").filter(pk=int(pk)).first()
    if event is None or event.starts_at is None:
        raise Http404("No such event.")
    content = ical.event_ics(event, url=event.get_full_url(request) or "")
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    name = slugify(event.slug) or "event"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.ics"'
    return response


@never_cache
@require_safe
def event_time_zone(request: HttpRequest) -> HttpResponse:
    """Remember in which zone the reader wants times, and go back to where they were.

    It is a GET on purpose: a form in a cached page has no token, and the choice harms nobody.
    """
    chosen = request.GET.get("tz", "")
    if chosen and zone(chosen) is None:
        raise BadRequest("No such time zone.")
    back = request.GET.get("next", "")
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = "/"
    response = HttpResponseRedirect(back)
    if chosen:
        response.set_cookie(
            COOKIE, chosen, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie(COOKIE, samesite="Lax")
    return response
