"""The list of attendees in the admin."""

from collections.abc import Iterator

from django.contrib.admin import display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.read_only import ReadOnly
from events.models import EventPage, Registration
from files.listing import TakenListAdmin, TakenListView
from files.spreadsheets import Cell, Sheet, spreadsheet_response

from . import organising
from .filters import (
    AnsweredFilter,
    AttendedFilter,
    CountryFilter,
    EventFilter,
    JoinedFilter,
    LanguageFilter,
    RegisteredFilter,
    StateFilter,
    asked,
    chosen_event,
)
from .questions import Question

ROWS_AT_ONCE = 1_000


class RegistrationListView(TakenListView):
    """The list of attendees; that of one event is taken out with the answers to its questions."""

    def as_spreadsheet(self, queryset: QuerySet, spreadsheet_format: str) -> HttpResponseBase:
        questions = asked(self.request)
        if not (questions and self.list_export):
            return super().as_spreadsheet(queryset, spreadsheet_format)
        sheet = Sheet(
            what=self.model_admin.base_url_path,
            columns=[
                *(self._heading(name) for name in self.list_export),
                *(question.label for question in questions),
            ],
            rows=self._rows_with_answers(queryset, questions),
        )
        return spreadsheet_response(
            sheet, spreadsheet_format, by=self.request.user, now=timezone.now()
        )

    def _rows_with_answers(
        self, queryset: QuerySet, questions: list[Question]
    ) -> Iterator[list[Cell]]:
        for row in queryset.iterator(chunk_size=ROWS_AT_ONCE):
            usual = [self._cell(name, row) for name in self.list_export]
            yield [*usual, *(question.words(row.answers) for question in questions)]


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
    list_display = (
        *("who", "organisation", "country", "of_event", "state", "was_there", "registered_at"),
    )
    list_export = (
        *("name", "email", "organisation", "country", "language", "of_event", "state"),
        *("queue_no", "wants_recording", "registered_at", "attended", "minutes_present"),
    )
    index_view_class = RegistrationListView
    list_filter = (
        *(StateFilter, EventFilter, AttendedFilter, CountryFilter, LanguageFilter),
        *(RegisteredFilter, AnsweredFilter, JoinedFilter),
    )
    search_fields = ("name", "organisation", "contact__address")
    ordering = ("-registered_at",)

    def get_queryset(self, request: HttpRequest):
        rows = organising.registrations_for(request.user).select_related(
            "event", "contact", "country"
        )
        return rows.defer("event__body").order_by(*self.ordering)

    def get_list_display(self, request: HttpRequest) -> tuple[str, ...]:
        """Leave the event out of the list of one event."""
        if not chosen_event(request.GET):
            return self.list_display
        return tuple(name for name in self.list_display if name != "of_event")

    @staticmethod
    @display(description=_("attended"), ordering="attended")
    def was_there(registration: Registration) -> str:
        if registration.attended is None:
            return ""
        return gettext("yes") if registration.attended else gettext("no")

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
