"""An event for which people are registered is not deleted: they would be lost without a word."""

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page

from events.models import EventPage, Registration

from . import rules


def keep_registered_event(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Refuse to delete a page as long as people are registered for it, or for one below it."""
    return _refused(request, [page])


def keep_registered_events_in_bulk(
    request: HttpRequest, action_type: str, objects, action
) -> HttpResponse | None:
    """Ask of many pages at once what is asked of one."""
    if action_type == "delete" and issubclass(action.model, Page):
        return _refused(request, objects)
    return None


def _refused(request: HttpRequest, pages: Iterable[Page]) -> HttpResponse | None:
    active = Registration.objects.filter(state__in=rules.ACTIVE).values("event")
    for page in pages:
        below = EventPage.objects.filter(path__startswith=page.path)
        if event := below.filter(pk__in=active).defer("body").first():
            words = _(
                "People are registered for “%(title)s” and would be lost with it. "
                "Set its status to “cancelled”, or unpublish it."
            )
            messages.error(request, words % {"title": event.title})
            return redirect("wagtailadmin_explore", page.get_parent().pk)
    return None
