"""Reading in the report of a meeting tool: look at every row’s fate first, then take it over."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.db.models import Case, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from events.models import AttendanceReport, AttendanceRow
from events.registration import doors
from events.registration.screen import EventScreen
from files.lists import Unreadable
from files.spreadsheets import Format, Sheet, spreadsheet_response

from . import reports, rules
from .actions import NotBegun
from .forms import ReportForm, TakeOverForm
from .importing.columns import LABELS

SHOWN_ROWS = 200
Fate = AttendanceRow.Fate
# What needs looking at comes first.
ORDER = (
    *(Fate.AMBIGUOUS, Fate.UNREADABLE, Fate.UNKNOWN, Fate.NO_SEAT, Fate.BY_NAME),
    *(Fate.NOT_LET_IN, Fate.MATCHED),
)
BEFORE = _("Nobody can be marked before the event has begun.")


class NewReport(EventScreen):
    """Upload a report: it is read and tried, and nobody is marked yet."""

    template_name = "events/admin/attendance_upload.html"
    page_title = _("Report of the meeting tool")
    header_icon = "upload"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = {"form": ReportForm(), **kwargs}
        done = AttendanceReport.objects.filter(event=self.holder)
        return super().get_context_data(**context) | {
            "reports": done.select_related("by")[:10],
            "has_begun": rules.has_begun(doors.occasion(self.holder), timezone.now()),
        }

    def post(self, request: HttpRequest, event_id: int) -> HttpResponse:
        form = ReportForm(request.POST, request.FILES)
        if form.is_valid():
            file = form.cleaned_data["file"]
            try:
                read = reports.read(file)
                now = timezone.now()
                tried = reports.try_report(read, file.name, self.holder, request.user, now)
            except Unreadable as problem:
                form.add_error("file", problem.args[0])
            else:
                return redirect("attendance_report", event_id, tried.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)


class OneReport(EventScreen):
    """What would become of each row, and the button that takes the report over."""

    template_name = "events/admin/attendance_report.html"
    header_icon = "upload"

    def setup(self, request: HttpRequest, *args, **kwargs) -> None:
        super().setup(request, *args, **kwargs)
        own = AttendanceReport.objects.filter(event=self.holder).select_related("event", "by")
        self.report = get_object_or_404(own, pk=kwargs["report_id"])

    def get_page_title(self) -> str:
        return self.report.file_name

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponseBase:
        if wanted := request.GET.get("format"):
            return self._file(wanted)
        return super().get(request)

    def post(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        form = TakeOverForm(request.POST)
        form.full_clean()
        wishes = reports.Wishes(**form.cleaned_data)
        try:
            done = reports.take_over(self.report, wishes, request.user, timezone.now())
        except NotBegun:
            messages.error(request, BEFORE)
            return redirect(request.path)
        if done is None:
            messages.info(request, now_("This report was taken over already."))
        else:
            messages.success(request, " ".join(_said(done)))
        return redirect("event_attendance", self.event.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "report": self.report,
            "counts": [(label(fate), number) for fate, number in self.report.counts.items()],
            "columns": [(name, LABELS.get(field, "")) for name, field in self.report.columns],
            "rows": _in_order(self.report)[:SHOWN_ROWS],
            "number": sum(self.report.counts.values()),
            "shown": SHOWN_ROWS,
            "form": TakeOverForm(),
            "same_file": _same_file(self.report),
        }

    def _file(self, wanted: str) -> HttpResponseBase:
        """Return the fate of every row as a spreadsheet."""
        if wanted not in set(Format):
            raise Http404("No such format.")
        columns = [_("Row"), _("Fate"), _("Name"), _("E-mail"), _("Minutes")]
        sheet = Sheet("attendance-report", [now_(str(name)) for name in columns], self._rows())
        return spreadsheet_response(sheet, wanted, by=self.request.user, now=timezone.now())

    def _rows(self) -> Iterator[tuple]:
        for row in self.report.lines.order_by("number").iterator(chunk_size=2_000):
            yield row.number, label(row.fate), row.name, row.address, row.minutes


def label(fate: str) -> str:
    """Return the words for a fate, as a heading."""
    return capfirst(Fate(fate).label)


def _in_order(report: AttendanceReport) -> QuerySet[AttendanceRow]:
    place = Case(*(When(fate=fate, then=Value(place)) for place, fate in enumerate(ORDER)))
    found = report.lines.select_related("registration")
    return found.annotate(place=place).order_by("place", "number")


def _same_file(report: AttendanceReport) -> AttendanceReport | None:
    """Return when the very same file was taken over for this event, if it was."""
    done = AttendanceReport.objects.filter(event=report.event, state=AttendanceReport.State.DONE)
    return done.filter(digest=report.digest).exclude(pk=report.pk).first()


def _said(done: reports.Done) -> Iterator[str]:
    number = done.report.marked + done.report.unchanged
    yield ngettext(
        "%(number)d person with a seat is marked.",
        "%(number)d people with a seat are marked.",
        number,
    ) % {"number": number}
    if done.report.refused:
        yield now_("Some gave their seat back meanwhile and are not marked.")
    if done.added:
        yield ngettext(
            "%(number)d who came without registering is on the list.",
            "%(number)d who came without registering are on the list.",
            done.added,
        ) % {"number": done.added}
    if done.absent:
        yield ngettext(
            "%(number)d person is marked as absent.",
            "%(number)d people are marked as absent.",
            done.absent,
        ) % {"number": done.absent}
