"""Feeds of events for everybody, and for one person by an address that nobody can guess."""

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from .answers import answer
from .selection import by_filters
from .writing import FORMS


@require_safe
def event_feed(request: HttpRequest, form: str) -> HttpResponse:
    """Return the events that the filters of the address leave."""
    if form not in FORMS:
        raise Http404("Feeds come as “ics”, “atom” or “json”.")
    return answer(request, form, by_filters(request.GET, timezone.now()))
