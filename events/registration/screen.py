"""The frame of an organisers’ screen about one event."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from events import times
from events.models import EventPage, EventSeats

from . import organising
from .organising import Doing

BUSY = _("Very many people register at this moment. Try again.")


class EventScreen(WagtailAdminTemplateMixin, TemplateView):
    """A screen about one event, for those who may do there what ``doing`` says; 404 for others.

    ``holder`` is the page that holds the registrations of the meeting: the first of its pages.
    """

    doing = Doing.ORGANISE
    http_method_names = ["get", "head", "post"]
    event: EventPage
    holder: EventPage

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        events = organising.events_for(request.user, self.doing).select_related("locale")
        self.event = get_object_or_404(events.defer("body"), pk=kwargs["event_id"])
        self.holder = holder_of(self.event)

    def get_page_subtitle(self) -> str:
        return self.event.title

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_header_title()}]

    def get_context_data(self, **kwargs) -> dict:
        return super().get_context_data(**kwargs) | {"event": self.event, "holder": self.holder}


class ClockScreen(EventScreen):
    """A screen on which moments are typed and shown on the clock of the event."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        # The page is drawn in here, while that clock holds.
        with timezone.override(times.zone_of(self.holder)):
            answer = super().dispatch(request, *args, **kwargs)
            return answer.render() if isinstance(answer, TemplateResponse) else answer

    def get_context_data(self, **kwargs) -> dict:
        at = self.holder.starts_at or timezone.now()
        zone = times.zone_label(times.zone_of(self.holder), at)
        return super().get_context_data(**kwargs) | {"zone": zone}


def holder_of(event: EventPage) -> EventPage:
    """Return the page that holds the seats of a meeting, or will: this one or its first."""
    seats = EventSeats.objects.filter(meeting=event.translation_key)
    found = seats.select_related("event__locale").defer("event__body").first()
    return found.event if found else event
