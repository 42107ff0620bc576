"""Lists in the admin that can be taken away as a spreadsheet, by those who may, and with a log."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.contrib.admin.utils import label_for_field, lookup_field
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import capfirst
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import IndexView

from .spreadsheets import Cell, Sheet, spreadsheet_response

TAKE_PEOPLE = "files.take_people"
ROWS_AT_ONCE = 1_000
LOOKUPS = ("exact", "isnull", "gte", "lt")  # what the filters of fields read


class ClosedFilter(SimpleListFilter):
    """A filter whose choices show once it is opened, and as long as it is in use."""

    template = "files/admin/filter.html"


class TakenListView(IndexView):
    """A list whose address holds nothing but its own filters, and whose export is safe.

    A list of the admin usually passes any lookup of the address on to the database. Whoever sees
    names only could then guess addresses letter by letter; here, what is no filter is ignored.
    """

    def get_filters(self, request: HttpRequest) -> tuple[list, bool, Mapping[str, Any], bool]:
        filters, any_filters, _others, duplicates = super().get_filters(request)
        return filters, any_filters, {}, duplicates

    def get_filters_params(self, params: Any = None) -> dict[str, list[str]]:
        """Return what the filters read, and nothing else."""
        read = {
            name
            for choice in self.list_filter
            for name in (
                [choice.parameter_name]
                if hasattr(choice, "parameter_name")
                else [choice, *(f"{choice}__{lookup}" for lookup in LOOKUPS)]
            )
        }
        given = super().get_filters_params(params)
        return {name: value for name, value in given.items() if name in read}

    def as_spreadsheet(self, queryset: QuerySet, spreadsheet_format: str) -> HttpResponseBase:
        """Return the list as filtered and searched, whole, in its order."""
        if not self.list_export:
            raise PermissionDenied
        sheet = Sheet(
            what=self.model_admin.base_url_path,
            columns=[self._heading(name) for name in self.list_export],
            rows=self._rows(queryset),
        )
        return spreadsheet_response(
            sheet, spreadsheet_format, by=self.request.user, now=timezone.now()
        )

    def _heading(self, name: str) -> str:
        return capfirst(str(label_for_field(name, self.model, self.model_admin)))

    def _rows(self, queryset: QuerySet) -> Iterator[list[Cell]]:
        for row in queryset.iterator(chunk_size=ROWS_AT_ONCE):
            yield [self._cell(name, row) for name in self.list_export]

    def _cell(self, name: str, row: Model) -> Cell:
        _field, _attribute, value = lookup_field(name, row, self.model_admin)
        return str(value) if isinstance(value, Model) else value


class TakenListAdmin(ModelAdmin):
    """A list that those with the right to it may take away: ``list_export`` names its columns.

    A list that each may take who sees it says ``export_right = ""``.
    """

    index_view_class = TakenListView
    export_right = TAKE_PEOPLE
    index_view_extra_css = ["files-admin/lists.css"]
    list_per_page = 50
    history_view_enabled = False

    def get_list_export(self, request: HttpRequest) -> tuple[str, ...]:
        allowed = not self.export_right or request.user.has_perm(self.export_right)
        return self.list_export if allowed else ()
