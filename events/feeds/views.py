"""Feeds of events for everybody, and for one person by an address that nobody can guess."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from events.models import PersonalCalendar

from . import personal
from .answers import answer
from .links import of_person
from .selection import by_filters, wanted
from .writing import FORMS


@require_safe
def event_feed(request: HttpRequest, form: str) -> HttpResponse:
    """Return the events that the filters of the address leave."""
    if form not in FORMS:
        raise Http404("Feeds come as “ics”, “atom” or “json”.")
    return answer(request, form, by_filters(request.GET, timezone.now()))


@require_safe
def personal_feed(request: HttpRequest, token: str) -> HttpResponse:
    """Return the public events of the account whose secret address this is."""
    calendar = PersonalCalendar.of_token(token)
    if calendar is None:
        raise Http404("No such calendar.")
    own = personal.own_events(calendar.user)
    response = answer(request, "ics", wanted(own, timezone.now()), private=True)
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def my_calendar(request: HttpRequest) -> HttpResponse:
    """Show one’s own address, make a new one, or take it away."""
    if request.method == "POST":
        if request.POST.get("action") == "close":
            personal.close(request.user)
            messages.success(
                request, _("The address is closed. Calendars that use it get nothing.")
            )
        else:
            personal.renew(request.user, timezone.now())
            messages.success(request, _("Your address is ready. Any earlier one is closed."))
        return redirect("my_calendar")
    calendar = PersonalCalendar.objects.filter(user=request.user).first()
    context = {
        "title": _("My calendar"),
        "calendar": calendar,
        "subscription": of_person(request, calendar.token) if calendar else None,
    }
    return render(request, "events/my_calendar.html", context)
