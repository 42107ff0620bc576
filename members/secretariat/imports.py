"""Uploading a list, looking at what would happen, and letting it happen."""

import hashlib
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Case, IntegerField, QuerySet, Value, When
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from files.lists import ListFile, Unreadable
from files.spreadsheets import Format, Sheet, spreadsheet_response
from members.actions import importing
from members.models import ImportRow, MemberImport

from .screens import Screen

RIGHT = "members.add_memberimport"
SECONDS = 8  # of one request; well below what web servers allow
SHOWN_ROWS = 100
RELOAD_AFTER = 5
SAMPLE_ROWS, LONGEST_SAMPLE = 3, 40
LIST = ("imports_modeladmin_index", _("Imports of lists"))


class UploadForm(forms.Form):
    """A list, and the language of those of whom it does not say any."""

    file = forms.FileField(
        label=_("List (CSV)"),
        help_text=_("Up to 10 MB. The first row names the columns, in any of our languages."),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,text/csv,text/plain"}),
    )
    language = forms.ChoiceField(
        label=_("Language of those whose own is not in the list"), choices=settings.LANGUAGES
    )


class NewImport(Screen):
    """Upload a list: it is read and tried, and nobody becomes a member yet."""

    right, above = RIGHT, LIST
    template_name = "members/admin/new_import.html"
    page_title = _("Try a list")
    header_icon = "upload"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = kwargs.pop("form", None) or UploadForm(initial={"language": "en"})
        return super().get_context_data(**kwargs) | {"form": form}

    def post(self, request: HttpRequest) -> HttpResponse:
        form = UploadForm(request.POST, request.FILES)
        if form.is_valid():
            try:
                tried = self._tried(form.cleaned_data)
            except Unreadable as problem:
                form.add_error("file", problem.args[0])
            else:
                return redirect("member_import", tried.pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _tried(self, given: dict[str, Any]) -> MemberImport:
        upload = importing.Upload(given["file"].name, given["language"], self.request.user)
        return importing.try_list(ListFile(given["file"]), upload, timezone.now())


class ColumnsForm(forms.Form):
    """As what each column of a list is read: one choice for each heading."""

    def __init__(self, columns: Sequence[Sequence[str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("not read")), *FIELD_LABELS.items()]
        for place, (heading, field) in enumerate(columns, start=1):
            self.fields[f"column-{place}"] = forms.ChoiceField(
                label=heading or now_("Column %(place)s") % {"place": place},
                choices=choices,
                initial=field,
                required=False,
            )

    def clean(self) -> dict[str, Any]:
        if not self.errors:
            for fault in importing.faults_of(self.chosen()):
                self.add_error(None, fault)
        return self.cleaned_data

    def chosen(self) -> list[str]:
        """Return what each column holds, in their order."""
        return [self.cleaned_data[name] for name in self.fields]


class ImportPage(Screen):
    """How an import stands, as what its columns are read, each row’s fate, and the next step."""

    right, above = RIGHT, LIST
    template_name = "members/admin/import.html"
    header_icon = "upload"

    def get_page_title(self) -> str:
        return self.kwargs["import_"].file_name

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.kwargs["import_"] = get_object_or_404(MemberImport, pk=pk)
        response = super().get(request)
        if self.kwargs["import_"].state == MemberImport.State.RUNNING:
            response.headers["Refresh"] = str(RELOAD_AFTER)
        return response

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Read the columns of the list as they are chosen, and try it anew."""
        source = self.kwargs["import_"] = get_object_or_404(MemberImport, pk=pk)
        form = ColumnsForm(source.columns, request.POST)
        if form.is_valid() and self._tried_anew(form):
            messages.success(
                request, now_("The list is tried anew, with the columns as you chose.")
            )
            return redirect("member_import", pk)
        source.refresh_from_db()
        if importing.kept_file(source) is None:
            messages.error(request, now_("The list is not kept any more. Choose the file again."))
            return redirect("member_import", pk)
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def _tried_anew(self, form: ColumnsForm) -> bool:
        try:
            importing.try_columns(self.kwargs["pk"], form.chosen(), timezone.now())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        except Unreadable as problem:
            form.add_error(None, problem.args[0])
        return not form.errors

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        source = self.kwargs["import_"]
        lines = _in_order(source)
        counts = importing.counts(source)
        file = importing.kept_file(source)
        form = kwargs.pop("form", None) or (ColumnsForm(source.columns) if file else None)
        return super().get_context_data(**kwargs) | {
            "source": source,
            "form": form,
            "reading": _reading(source),
            "choices": zip(form, _samples(file), strict=True) if form and file else (),
            "counts": [(ImportRow.Fate(fate).label, number) for fate, number in counts.items()],
            "columns": [_understood(*pair) for pair in source.columns],
            "report": list(importing.report(lines[:SHOWN_ROWS])),
            "shown": SHOWN_ROWS,
            "imported_before": _imported_before(source),
        }


@never_cache
@require_POST
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Start an import or go on with it, for some seconds; more is done when asked again."""
    source = _own(request, pk)
    if request.POST.get("reading", _reading(source)) != _reading(source):
        words = now_(
            "The columns were read otherwise meanwhile, perhaps in another window. Look again."
        )
        messages.warning(request, words)
        return redirect("member_import", pk)
    importing.start(source)
    importing.go_on(source.pk, clock=timezone.now, seconds=SECONDS)
    source.refresh_from_db()
    if source.state == MemberImport.State.DONE:
        messages.success(request, now_("The list is imported. Everybody new gets an invitation."))
    return redirect("member_import", pk)


@never_cache
@require_safe
def report(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Give the fate of every row as a file."""
    source = _own(request, pk)
    file_format = request.GET.get("format", Format.CSV)
    columns = [now_("Row"), now_("Fate"), now_("Why")]
    sheet = Sheet("import-report", columns, _rows(source))
    known = file_format if file_format in set(Format) else Format.CSV
    return spreadsheet_response(sheet, known, by=request.user, now=timezone.now())


def _reading(source: MemberImport) -> str:
    """Return by which a form knows as what the columns were read when it was shown."""
    return hashlib.sha256(repr(source.columns).encode()).hexdigest()[:16]


def _samples(file: ListFile) -> list[str]:
    """Return for each column what stands in the first rows, so that one sees what it holds."""
    whole = (row.cells for row in file.rows() if row.cells)
    rows = list(islice(whole, SAMPLE_ROWS)) or [("",) * len(file.heading)]
    columns = zip(*rows, strict=True)
    return [" · ".join(cell[:LONGEST_SAMPLE] for cell in cells if cell) for cells in columns]


def _own(request: HttpRequest, pk: int) -> MemberImport:
    if not request.user.has_perm(RIGHT):
        raise PermissionDenied
    return get_object_or_404(MemberImport, pk=pk)


def _rows(source: MemberImport) -> Iterator[tuple[int, str, str]]:
    yield from importing.report(source.lines.order_by("number").iterator(chunk_size=2_000))


def _in_order(source: MemberImport) -> QuerySet[ImportRow]:
    """Return what needs looking at first: refused rows, then those not understood in full."""
    Fate, Why = ImportRow.Fate, ImportRow.Why
    place = Case(
        When(fate=Fate.REFUSED, then=Value(0)),
        When(why=Why.PARTLY, then=Value(1)),
        When(fate=Fate.MERGED, then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return source.lines.annotate(place=place).order_by("place", "number")


def _understood(heading: str, field: str) -> tuple[str, str]:
    return heading, FIELD_LABELS.get(field, now_("not read"))


def _imported_before(source: MemberImport) -> MemberImport | None:
    done = MemberImport.objects.filter(digest=source.digest, state=MemberImport.State.DONE)
    return done.exclude(pk=source.pk).first()


FIELD_LABELS = {
    "name": _("name"),
    "first_name": _("first name"),
    "last_name": _("last name"),
    "email": _("e-mail"),
    "country": _("country"),
    "affiliation": _("where you work"),
    "position": _("position"),
    "regions": _("regions"),
    "themes": _("themes"),
    "sectors": _("sectors"),
    "groups": _("working groups"),
    "language": _("language"),
    "joined": _("joined at"),
}
