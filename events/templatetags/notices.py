"""What editors should know before a page goes off the site."""

from django import template
from django.utils import timezone
from wagtail.models import Page

from events.notices.sections import registered_below

register = template.Library()


@register.inclusion_tag("events/admin/_unpublish.html")
def warn_of_registered(page: Page) -> dict:
    """Say how many people are registered for the event on this page, or for those below it."""
    return {"page": page, "number": registered_below(page.path, timezone.now())}
