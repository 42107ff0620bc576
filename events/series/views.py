"""The public page of a series of meetings, and its feed."""

from collections import Counter

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.db.transaction import non_atomic_requests
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from events.feeds.answers import answer
from events.feeds.writing import FORMS
from events.listing import time_zone_switch
from events.models import EventSeats
from events.registration import people
from events.registration.rules import State
from pages.breadcrumbs import Crumb
from pages.card_lists import kept_ids, whole
from pages.metadata import About, FeedLink
from pages.places import home_crumb, places

from . import public
from .registering import outlook, register_for_all

MOST_PAST = 20


@require_http_methods(["GET", "HEAD", "POST"])
@non_atomic_requests
def series(request: HttpRequest, pk: str) -> HttpResponse:
    """Show the meetings of a series, and let members register for all that come at once."""
    shown, now = public.found(int(pk)), timezone.now()
    who = people.member(request.user)
    if request.method == "POST":
        if who is None:
            return redirect_to_login(request.path)
        _tell(request, register_for_all(shown, who, now))
        return redirect("event_series_page", pk)
    every = public.meetings(shown)
    coming = whole(every.upcoming(now))
    follow = public.ways_to_follow(shown, request)
    context = {
        "series": shown,
        "facts": public.facts(shown),
        "coming": kept_ids(coming, request),
        "past": kept_ids(whole(every.past(now), MOST_PAST), request),
        "subscription": follow,
        "time_zone_switch": time_zone_switch(request, now),
        "who": who,
        "outlook": outlook(shown, who, now) if who else None,
        "takes_registrations": _is_registered_for(coming),
        "breadcrumbs": [home_crumb(), Crumb(_("Events"), places().get("events", "/"), "")],
        "about_this": About(
            shown.title,
            shown.summary or public.rhythm(shown),
            feeds=(FeedLink(shown.title, follow.others[0]["url"], "application/atom+xml"),),
        ),
    }
    return render(request, "events/series.html", context)


@require_safe
def series_feed(request: HttpRequest, pk: str, form: str) -> HttpResponse:
    """Return the meetings of a series as a calendar or a feed."""
    if form not in FORMS:
        raise Http404("Feeds come as “ics”, “atom” or “json”.")
    return answer(request, form, public.selection(public.found(int(pk)), timezone.now()))


def _is_registered_for(coming: list) -> bool:
    """Say whether one can register for any of these meetings at all."""
    return EventSeats.objects.filter(
        meeting__in=[meeting.translation_key for meeting in coming]
    ).exists()


def _tell(request: HttpRequest, done: Counter[str]) -> None:
    """Say what came of it, by state; a mail for each meeting is on its way."""
    told = {
        State.CONFIRMED.value: ngettext(
            "You have a seat at %(number)s meeting.",
            "You have a seat at %(number)s meetings.",
            done[State.CONFIRMED],
        ),
        State.WAITING.value: ngettext(
            "You are on the waiting list of %(number)s meeting.",
            "You are on the waiting list of %(number)s meetings.",
            done[State.WAITING],
        ),
        State.PENDING.value: ngettext(
            "The organisers of %(number)s meeting decide.",
            "The organisers of %(number)s meetings decide.",
            done[State.PENDING],
        ),
    }
    for state, words in told.items():
        if done[state]:
            messages.success(request, words % {"number": done[state]})
    if done["busy"] or done["refused"]:
        messages.warning(request, _("Not every meeting could be had. Please look again."))
    if not done:
        messages.info(request, _("There was nothing left to register for."))
