"""What lists of members are narrowed by."""

import datetime
from collections.abc import Iterable

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from files.listing import ClosedFilter
from mail.models import Contact
from members.models import GroupMembership, Member
from taxonomy.models import Country, Region, Term, Theme
from working_groups.models import WorkingGroupPage

MONTHS = 36


class LongFilter(ClosedFilter):
    """A filter with many choices."""

    def narrowed(self, members: QuerySet, value: str) -> QuerySet:
        """Return the rows for a value of the address, which anybody may have typed."""
        raise NotImplementedError

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return self.narrowed(queryset, self.value()) if self.value() else queryset


class TermFilter(LongFilter):
    """By a term of a vocabulary, in the words of the reader; only those that anybody has."""

    vocabulary: type[Term]
    used_by: str

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        used = self.vocabulary.objects.filter(**{f"{self.used_by}__isnull": False}).distinct()
        return sorted(((term.slug, term.label) for term in used), key=lambda pair: pair[1])


class CountryFilter(TermFilter):
    title = _("country")
    parameter_name = "country"
    vocabulary = Country
    used_by = "member"

    def narrowed(self, members: QuerySet, value: str) -> QuerySet:
        return members.filter(country__slug=value)


class RegionFilter(TermFilter):
    """By the regions that members named, and the region of their country."""

    title = _("region")
    parameter_name = "region"
    vocabulary = Region
    used_by = "pk"

    def narrowed(self, members: QuerySet, value: str) -> QuerySet:
        named = Member.regions.through.objects.filter(region__slug=value)
        return members.filter(Q(country__region__slug=value) | Q(pk__in=named.values("member")))


class ThemeFilter(TermFilter):
    title = _("theme")
    parameter_name = "theme"
    vocabulary = Theme
    used_by = "member"

    def narrowed(self, members: QuerySet, value: str) -> QuerySet:
        return members.filter(themes__slug=value)


class GroupFilter(LongFilter):
    """By working group. The list says how a group is reached from its rows."""

    title = _("working group")
    parameter_name = "group"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        rows = model_admin.get_queryset(request)
        joined = rows if rows.model is GroupMembership else GroupMembership.objects.all()
        groups = WorkingGroupPage.objects.filter(pk__in=joined.order_by().values("group"))
        return [(str(group.pk), group.short_name) for group in groups.order_by("path")]

    def narrowed(self, members: QuerySet, value: str) -> QuerySet:
        if not value.isdecimal():
            return members.none()
        if members.model is GroupMembership:
            return members.filter(group=value)
        return members.filter(memberships__group=value)


class ConfirmedFilter(SimpleListFilter):
    """By what we know of the address."""

    title = _("address")
    parameter_name = "address"

    def lookups(self, request: HttpRequest, model_admin) -> list[tuple[str, str]]:
        return list(Contact.State.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        return queryset.filter(contact__state=self.value()) if self.value() else queryset


class MonthFilter(LongFilter):
    """By the month of joining; the latest three years are offered."""

    title = _("joined in")
    parameter_name = "joined"

    def lookups(self, request: HttpRequest, model_admin) -> Iterable[tuple[str, str]]:
        months = Member.objects.datetimes("joined_at", "month", "DESC", tzinfo=datetime.UTC)
        return [(f"{month:%Y-%m}", date_format(month, "F Y")) for month in months[:MONTHS]]

    def narrowed(self, members: QuerySet, value: str) -> QuerySet:
        try:
            first = datetime.datetime.strptime(value, "%Y-%m").replace(tzinfo=datetime.UTC)
        except ValueError:
            return members.none()
        return members.filter(joined_at__gte=first, joined_at__lt=_next_month(first))


def _next_month(first: datetime.datetime) -> datetime.datetime:
    return (first + datetime.timedelta(days=32)).replace(day=1)
