"""Where a page offers its events to calendars and feed readers."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from pages.metadata import FeedLink, absolute
from pages.subscribing import Subscription, subscription


def of_filters(request: HttpRequest, name: str, query: str) -> Subscription:
    """Return the ways to follow what the filters of this address leave."""
    query = f"?{query}" if query else ""
    others = (
        {"label": "Atom", "url": f"{reverse('event_feed', args=['atom'])}{query}"},
        {"label": "JSON", "url": f"{reverse('event_feed', args=['json'])}{query}"},
    )
    address = absolute(request, f"{reverse('event_feed', args=['ics'])}{query}")
    return subscription(address, name, others)


def named_by_the_page() -> tuple[FeedLink, ...]:
    """Return the feeds that browsers and feed readers find by themselves."""
    title = _("Events")
    forms = (("atom", "application/atom+xml"), ("ics", "text/calendar"))
    return tuple(
        FeedLink(title, reverse("event_feed", args=[form]), media_type)
        for form, media_type in forms
    )


def of_person(request: HttpRequest, token: str) -> Subscription:
    """Return the ways to follow somebody’s own events."""
    return subscription(absolute(request, reverse("personal_feed", args=[token])), _("My events"))
