"""What the organisers’ screens of an event have in common."""

from django import template

from events import times
from events.models import EventPage
from events.registration.buttons import screens_for

register = template.Library()


@register.inclusion_tag("events/admin/_screens.html", takes_context=True)
def organisers_screens(context: dict, event: EventPage) -> dict:
    """Show the ways between the screens of an event, without those that are closed to the reader.

    ``{% organisers_screens event %}`` stands at the top of each screen.
    """
    request = context["request"]
    links = [
        {"label": screen.label, "url": screen.url(event), "icon": screen.icon}
        for screen in screens_for(request.user, event)
    ]
    return {"times": times.times(event, None), "links": links, "here": request.path}
