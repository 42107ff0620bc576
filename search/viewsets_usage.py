"""What the secretariat sees of how the search is used: lists of counted lines, read only."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.admin import SimpleListFilter, display
from django.contrib.admin.utils import lookup_field
from django.db.models import F, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from accounts.read_only import ReadOnly
from files.spreadsheets import safe_cell

from . import summaries
from .models import Click, Question

PERIODS = {"7": _("7 days"), "30": _("30 days"), "90": _("90 days"), "400": _("13 months")}
USUAL_PERIOD = "30"


class PeriodFilter(SimpleListFilter):
    """The days that are summed up. The list sums before it filters, so this only shows them."""

    title = _("period")
    parameter_name = "period"

    def lookups(self, request, model_admin) -> list[tuple[str, Any]]:
        return list(PERIODS.items())

    def choices(self, changelist) -> Iterator[dict[str, Any]]:
        chosen = _period(self.value())
        for value, title in self.lookup_choices:
            query = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": value == chosen, "query_string": query, "display": title}

    def queryset(self, request, queryset):
        return queryset


class LanguageFilter(SimpleListFilter):
    """The language of the page on which people searched."""

    title = _("language")
    parameter_name = "language"

    def lookups(self, request, model_admin) -> list[tuple[str, Any]]:
        return list(settings.LANGUAGES)

    def queryset(self, request, queryset):
        return queryset.filter(language=self.value()) if self.value() else queryset


class FoundFilter(SimpleListFilter):
    """Searches that found nothing, at least once."""

    title = _("results")
    parameter_name = "found"

    def lookups(self, request, model_admin) -> list[tuple[str, Any]]:
        return [("nothing", _("Found nothing"))]

    def queryset(self, request, queryset):
        return queryset.filter(times_nothing__gt=0) if self.value() == "nothing" else queryset


class UsageIndexView(IndexView):
    """A list that a spreadsheet can open without running anything that stands in it."""

    def to_row_dict(self, item) -> dict[str, Any]:
        """Return the values as they are: a zero is a zero."""
        return {name: lookup_field(name, item, self.model_admin)[2] for name in self.list_export}

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        value = super().preprocess_field_value(field, value, export_format)
        return safe_cell(value) if export_format == self.FORMAT_CSV else value


class UsageAdmin(ModelAdmin):
    """Counted lines of a period, summed up."""

    permission_helper_class = ReadOnly
    index_view_class = UsageIndexView
    add_to_admin_menu = False
    search_fields = ("words",)
    list_per_page = 50
    history_view_enabled = False

    def since(self, request: HttpRequest) -> datetime.date:
        """Return the first day that is summed up."""
        days = int(_period(request.GET.get(PeriodFilter.parameter_name)))
        return timezone.localdate() - datetime.timedelta(days=days)

    @display(description=_("times"), ordering="times")
    def times(self, row) -> int:
        return row.times


class QuestionAdmin(UsageAdmin):
    """What people searched, what found nothing, and how often a result was opened."""

    model = Question
    base_url_path = "searches"
    menu_label = _("What people search")
    menu_icon = "history"
    list_display = ("searched", "language", "times", "nothing", "results", "clicks", "share", "day")
    list_filter = (PeriodFilter, FoundFilter, LanguageFilter)
    list_export = ("words", "language", "times", "nothing", "results", "clicks", "day")
    export_filename = "searches"
    ordering = ("-times", "words")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Question]:
        return summaries.searched(self.since(request)).order_by(*self.ordering)

    @display(description=_("words"), ordering="words")
    def searched(self, row: Question) -> SafeString:
        return _searched(row.words, row.language)

    @display(description=_("found nothing"), ordering="times_nothing")
    def nothing(self, row: Question) -> int:
        return row.times_nothing

    @display(description=_("results opened"), ordering="times_opened")
    def clicks(self, row: Question) -> int:
        return row.times_opened

    @display(description=_("opened per search"))
    def share(self, row: Question) -> str:
        return _percent(row.times_opened, row.times)


class ClickAdmin(UsageAdmin):
    """What people opened from the results for some words."""

    model = Click
    base_url_path = "opened-results"
    menu_label = _("What people open")
    menu_icon = "link-external"
    list_display = ("words", "result", "times", "share", "place", "day")
    list_filter = (PeriodFilter,)
    list_export = ("words", "uid", "title", "times", "share", "place", "day")
    search_fields = ("words", "title")
    export_filename = "opened-results"
    ordering = ("-times", "words")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Click]:
        rows = summaries.opened(self.since(request)).annotate(place=F("places") * 1.0 / F("times"))
        return rows.order_by(*self.ordering)

    @display(description=_("result"), ordering="title")
    def result(self, row: Click) -> str:
        return row.title or row.uid

    @display(description=_("title"))
    def title(self, row: Click) -> str:
        return row.title or ""

    @display(description=_("opened per search"))
    def share(self, row: Click) -> str:
        return _percent(row.times, row.searches or 0)

    @display(description=_("mean place"), ordering="place")
    def place(self, row: Click) -> str:
        return f"{row.place:.1f}"


def _period(given: str | None) -> str:
    return given if given in PERIODS else USUAL_PERIOD


def _percent(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f} %" if whole else ""


def _searched(words: str, language: str) -> SafeString:
    """Return the words as a link to what they find now."""
    with translation.override(language):
        address = f"{reverse('search')}?{urlencode({'q': words})}"
    return format_html('<a href="{}">{}</a>', address, words)
