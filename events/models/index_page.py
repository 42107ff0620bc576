"""The calendar."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from events.feeds.links import named_by_the_page
from events.listing import Calendar
from pages.models import SitePage

from .event_page import EventPage


class EventIndexPage(SitePage):
    """The calendar: a list, a month, and what was held before."""

    class Kind(models.TextChoices):
        INDEX = "calendar", _("events calendar")

    kinds = Kind

    parent_page_types = ["home.HomePage"]
    subpage_types = ["events.EventPage"]
    max_count_per_parent = 1

    class Meta:
        verbose_name = _("events calendar")

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        events = EventPage.objects.for_reader_now()
        return context | Calendar(request, events, timezone.now()).context()

    def feeds(self) -> tuple:
        return named_by_the_page()
