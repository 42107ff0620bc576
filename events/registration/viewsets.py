"""The list of attendees in the admin."""

from django.contrib.admin import SimpleListFilter, display
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from accounts.read_only import ReadOnly
from events.models import EventPage, Registration
from files.listing import TakenListAdmin

from . import organising

MOST_EVENTS = 200


class EventFilter(SimpleListFilter):
    """By event: those for which anybody registered, the latest first."""

    title = _("event")
    parameter_name = "event"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[int, str]]:
        events = organising.events_for(request.user).filter(seats__isnull=False)
        latest = events.order_by("-starts_at").values_list("pk", "title", "starts_on")
        return [(pk, f"{title}, {day}") for pk, title, day in latest[:MOST_EVENTS]]

    def queryset(self, request: HttpRequest, queryset):
        if not (self.value() or "").isdecimal():
            return queryset
        return queryset.filter(event=self.value())


class Organisers(ReadOnly):
    """Whoever organises events looks at their attendees; changes go through the seats’ lock."""

    def may_look(self, user) -> bool:
        return organising.organises(user)


class RegistrationAdmin(TakenListAdmin):
    """Who takes part in the events that somebody organises."""

    model = Registration
    permission_helper_class = Organisers
    base_url_path = "registrations"
    export_right = organising.TAKE
    menu_label = _("Registrations")
    menu_icon = "group"
    menu_order = 250
    list_display = ("who", "organisation", "country", "of_event", "state", "registered_at")
    list_export = (
        *("name", "email", "organisation", "country", "language", "of_event", "state"),
        *("queue_no", "wants_recording", "registered_at"),
    )
    list_filter = ("state", EventFilter)
    search_fields = ("name", "organisation", "contact__address")
    ordering = ("-registered_at",)

    def get_queryset(self, request: HttpRequest):
        rows = organising.registrations_for(request.user).select_related(
            "event", "contact", "country"
        )
        return rows.defer("event__body").order_by(*self.ordering)

    @staticmethod
    @display(description=_("name"))
    def who(registration: Registration) -> SafeString:
        url = reverse("one_registration", args=[registration.pk])
        name = registration.name or _("forgotten")
        return format_html('<a href="{}"><strong>{}</strong></a>', url, name)

    @staticmethod
    @display(description=_("e-mail"))
    def email(registration: Registration) -> str:
        return registration.contact.email if registration.contact else ""

    @staticmethod
    @display(description=_("event"))
    def of_event(registration: Registration) -> EventPage | str:
        return registration.event.title
