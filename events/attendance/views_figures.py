"""The figures of one event, and of all events that somebody organises."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from events.models import Registration
from events.registration import organising
from events.registration.screen import EventScreen
from files.spreadsheets import Cell, Format, Sheet, spreadsheet_response
from pages.charts import Figures

from . import statistics, tick_list
from .rules import LEAST, Counts, is_small
from .statistics import EventCounts, Of

LABELS = {
    Of.REGISTERED: _("Registered"),
    Of.SEATED: _("With a seat"),
    Of.THERE: _("Were there"),
}


class Charts:
    """What both screens show: charts of those whom the address asks for, and the file of them."""

    request: HttpRequest
    sheet_name: str

    def registrations(self) -> QuerySet[Registration]:
        """Return the registrations that the screen is about."""
        raise NotImplementedError

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        wanted = request.GET.get("format")
        if not wanted:
            return super().get(request, *args, **kwargs)
        if wanted not in set(Format):
            raise Http404("No such format.")
        sheet = Sheet(self.sheet_name, *self.table())
        return spreadsheet_response(sheet, wanted, by=request.user, now=timezone.now())

    def table(self) -> tuple[list[str], Iterable[list[Cell]]]:
        """Return the columns and rows of the file: every line of every chart."""
        columns = [now_("What"), now_("Line"), self.counted()]
        return columns, _rows(self.figures())

    def of(self, counts: Counts | None = None) -> Of:
        """Return whom the charts count: as asked, else those who were there, once that is known."""
        asked = self.request.GET.get("of")
        if asked in set(Of):
            return Of(asked)
        return Of.THERE if counts is None or counts.there else Of.SEATED

    def is_for_others(self) -> bool:
        """Say whether small numbers are left out."""
        return self.request.GET.get("for") == "others"

    def counted(self) -> str:
        """Return what the numbers count, as the heading of a column."""
        return str(LABELS[self.of(self.counts())])

    def counts(self) -> Counts:
        """Return the sum that stands above the charts."""
        raise NotImplementedError

    def figures(self) -> list[Figures]:
        """Return the charts as the address asks for them."""
        condition = statistics.CONDITIONS[self.of(self.counts())]
        found = statistics.figures(self.registrations().filter(condition))
        return statistics.for_others(found) if self.is_for_others() else found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        shown = self.of(self.counts())
        return super().get_context_data(**kwargs) | {
            "sums": _sums(self.counts(), self.is_for_others()),
            "all_figures": self.figures(),
            "counted": self.counted(),
            "choices": [
                {"label": label, "url": self.url(of=of), "current": of == shown}
                for of, label in LABELS.items()
            ],
            "is_for_others": self.is_for_others(),
            "exact_url": self.url(**{"for": ""}),
            "others_url": self.url(**{"for": "others"}),
            "files": [(name.upper(), self.url(format=name.value)) for name in Format],
        }

    def url(self, **changed: str) -> str:
        """Return the address of this screen with some parameters changed."""
        kept = {name: self.request.GET.get(name, "") for name in ("year", "of", "for")}
        asked = {name: value for name, value in (kept | changed).items() if value}
        return f"?{urlencode(asked)}"


class EventFigures(Charts, EventScreen):
    """How many registered, had a seat and came, and who they were."""

    template_name = "events/admin/figures.html"
    page_title = _("Figures")
    header_icon = "view"
    sheet_name = "event-figures"

    def registrations(self) -> QuerySet[Registration]:
        return Registration.objects.filter(event=self.holder)

    def counts(self) -> Counts:
        if not hasattr(self, "_counts"):
            self._counts = tick_list.counts(self.holder)
        return self._counts


class Overview(Charts, WagtailAdminTemplateMixin, TemplateView):
    """The figures of all events of a year that somebody organises, beside each other."""

    template_name = "events/admin/figures_overview.html"
    page_title = _("Attendance")
    header_icon = "view"
    sheet_name = "attendance"
    http_method_names = ["get", "head"]

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not organising.organises(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        events = organising.events_for(request.user).filter(registrations__isnull=False)
        years = events.order_by("-starts_at__year").values_list("starts_at__year", flat=True)
        self.years = [year for year in dict.fromkeys(years.distinct()) if year]
        asked = request.GET.get("year", "")
        known = asked in map(str, self.years)
        self.year = int(asked) if known else _latest(self.years, timezone.now().year)
        self.events = organising.events_for(request.user).filter(starts_at__year=self.year)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def registrations(self) -> QuerySet[Registration]:
        return Registration.objects.filter(event__in=[line.event.pk for line in self.lines()])

    def lines(self) -> list[EventCounts]:
        """Return the events of the year with their numbers; asked for once.

        Others do not see events with small numbers, and the sum above is that of the events shown.
        """
        if not hasattr(self, "_lines"):
            found = statistics.by_event(self.events)
            hides_small = self.is_for_others()
            self._lines = [line for line in found if not (hides_small and line.counts.has_small)]
        return self._lines

    def counts(self) -> Counts:
        return sum((line.counts for line in self.lines()), Counts())

    def table(self) -> tuple[list[str], Iterable[list[Cell]]]:
        columns = [
            *(now_("Event"), now_("Date"), now_("Registered"), now_("With a seat")),
            *(now_("Of these there"), now_("Absent"), now_("Came without registering")),
            now_("Share in percent"),
        ]
        return columns, _event_rows(self.lines())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        years = [
            {"label": str(year), "url": self.url(year=str(year)), "current": year == self.year}
            for year in self.years
        ]
        context = {"lines": self.lines(), "year": self.year, "years": years}
        return super().get_context_data(**kwargs) | context


def _latest(years: list[int], this_year: int) -> int:
    """Return the latest year that has begun, or the first to come."""
    return next((year for year in years if year <= this_year), min(years, default=this_year))


def _sums(counts: Counts, is_for_others: bool) -> list[tuple[str, str]]:
    """Return the numbers at the top with their labels; small ones in words where others read."""
    share = f" ({counts.share} %)" if counts.share is not None else ""
    numbers = [
        (now_("Registered"), counts.registered, ""),
        (now_("With a seat"), counts.seated, ""),
        (now_("Of these there"), counts.attended, share),
        (now_("Absent"), counts.absent, ""),
        (now_("Came without registering"), counts.walk_ins, ""),
    ]
    few = now_("fewer than %(number)s") % {"number": LEAST}
    return [
        (label, few if is_for_others and is_small(number) else f"{number}{more}")
        for label, number, more in numbers
    ]


def _rows(all_figures: Iterable[Figures]) -> Iterator[list[Cell]]:
    for figures in all_figures:
        for line in figures.lines:
            yield [figures.title, line.label, line.number]


def _event_rows(lines: Iterable[EventCounts]) -> Iterator[list[Cell]]:
    for line in lines:
        counts = line.counts
        yield [
            *(line.event.title, line.event.starts_on, counts.registered, counts.seated),
            *(counts.attended, counts.absent, counts.walk_ins, counts.share),
        ]
