"""By what organisers narrow the list of those who take part."""

import datetime

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.db.models.fields.json import KeyTransform
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.models import FormVersion, Registration, RegistrationEvent
from files.listing import ClosedFilter
from pages.vocabulary import known_terms
from taxonomy.models import Country

from . import organising
from .actions.joining import SHOWN
from .questions import Kind, Question, questions_of

EVENT = "event"
MOST_EVENTS = 200
SPANS = (1, 7, 30)
YES = "yes"


def chosen_event(parameters) -> int | None:
    """Return the id of the event to which an address narrows the list, if it does."""
    given = parameters.get(EVENT, "")
    return int(given) if given.isdecimal() and len(given) < 19 else None


def asked(request: HttpRequest) -> list[Question]:
    """Return what the form of the chosen event asks or ever asked, in the newest words of each.

    Nothing is said of the events of others.
    """
    chosen = organising.events_for(request.user).filter(pk=chosen_event(request.GET) or 0)
    versions = FormVersion.objects.filter(event__in=chosen.values("pk")).order_by("number")
    found = {question.id: question for version in versions for question in questions_of(version)}
    return list(found.values())


class FieldFilter(ClosedFilter):
    """A filter by what stands in one field."""

    field: str

    def queryset(self, request: HttpRequest, queryset):
        return queryset.filter(**{self.field: self.value()}) if self.value() else queryset


class StateFilter(FieldFilter):
    """By where somebody stands."""

    title = _("state")
    parameter_name = field = "state"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return Registration.State.choices


class LanguageFilter(FieldFilter):
    """By the language in which we write to somebody."""

    title = _("language")
    parameter_name = field = "language"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return settings.LANGUAGES


class EventFilter(ClosedFilter):
    """By event: those for which anybody registered, the latest first."""

    title = _("event")
    parameter_name = EVENT

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[int, str]]:
        events = organising.events_for(request.user).filter(seats__isnull=False)
        latest = events.order_by("-starts_at").values_list("pk", "title", "starts_on")
        return [(pk, f"{title}, {day}") for pk, title, day in latest[:MOST_EVENTS]]

    def queryset(self, request: HttpRequest, queryset):
        event_id = chosen_event({EVENT: self.value() or ""})
        return queryset.filter(event=event_id) if event_id else queryset


class CountryFilter(FieldFilter):
    """By country: those from which somebody has registered."""

    title = _("country")
    parameter_name = "country"
    field = "country__slug"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        here = organising.registrations_for(request.user)
        if event_id := chosen_event(request.GET):
            here = here.filter(event=event_id)
        from_there = Country.objects.filter(pk__in=here.order_by().values("country"))
        slugs = set(from_there.values_list("slug", flat=True))
        labels = [(term.slug, term.label) for term in known_terms("country") if term.slug in slugs]
        return sorted(labels, key=lambda choice: choice[1])


class RegisteredFilter(ClosedFilter):
    """By how long ago somebody registered."""

    title = _("registered")
    parameter_name = "registered"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        words = [
            ngettext("in the last %(number)s day", "in the last %(number)s days", days)
            for days in SPANS
        ]
        return [
            (str(days), word % {"number": days}) for days, word in zip(SPANS, words, strict=True)
        ]

    def queryset(self, request: HttpRequest, queryset):
        if self.value() not in map(str, SPANS):
            return queryset
        since = timezone.now() - datetime.timedelta(days=int(self.value()))
        return queryset.filter(registered_at__gte=since)


class AnsweredFilter(ClosedFilter):
    """By who answered one of the questions of the event that is chosen."""

    title = _("answered")
    parameter_name = "answered"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        self._asked = {each.id: each for each in asked(request)}
        return [(name, question.label) for name, question in self._asked.items()]

    def queryset(self, request: HttpRequest, queryset):
        question = self._asked.get(self.value())
        if question is None:
            return queryset
        said = queryset.filter(answers__has_key=question.id).annotate(
            said=KeyTransform(question.id, "answers")
        )
        return said.filter(said=True) if question.kind == Kind.YES else said.exclude(said="")


class JoinedFilter(ClosedFilter):
    """By who was shown the way into the event."""

    title = _("way in")
    parameter_name = "way-in"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [(YES, _("was shown")), ("no", _("was not shown"))]

    def queryset(self, request: HttpRequest, queryset):
        if self.value() not in {YES, "no"}:
            return queryset
        shown = Exists(RegistrationEvent.objects.filter(registration=OuterRef("pk"), why=SHOWN))
        return queryset.filter(shown if self.value() == YES else ~shown)


class AttendedFilter(ClosedFilter):
    """By who was there."""

    title = _("attended")
    parameter_name = "attended"
    values = {YES: True, "no": False, "unknown": None}

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return [(YES, _("were there")), ("no", _("absent")), ("unknown", _("not marked"))]

    def queryset(self, request: HttpRequest, queryset):
        if self.value() not in self.values:
            return queryset
        return queryset.filter(attended=self.values[self.value()])
