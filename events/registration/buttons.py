"""The way from an event’s page in the admin to its registration."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.menus.pages import PageMenuItem

from events.models import EventPage

from . import organising


def registration_button(page, user, **around) -> Iterator[PageMenuItem]:
    """Give organisers a button “Registration” among those of an event."""
    if isinstance(page.specific_deferred, EventPage) and (
        organising.events_for(user).filter(pk=page.pk).exists()
    ):
        url = reverse("event_registration_settings", args=[page.pk])
        yield PageMenuItem(_("Registration"), url, "group", 12, page=page)
