"""How many members there are, by what. Counts only, made in the database."""

import datetime
from dataclasses import dataclass

from django.db.models import Count, Q
from django.db.models.functions import TruncMonth
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from mail.models import Contact
from members.models import Member
from pages.charts import Figures, Line
from taxonomy.models import Country, Region, Term, Theme
from working_groups.models import WorkingGroupPage

MONTHS = 24


@dataclass(frozen=True)
class Summary:
    """The numbers at the top."""

    members: int
    confirmed: int
    joined_lately: int


def summary(now: datetime.datetime) -> Summary:
    """Return how many members there are, how many confirmed, how many joined in 30 days."""
    lately = now - datetime.timedelta(days=30)
    found = _active().aggregate(
        members=Count("pk"),
        confirmed=Count("pk", filter=Q(contact__state=Contact.State.OK)),
        joined_lately=Count("pk", filter=Q(joined_at__gte=lately)),
    )
    return Summary(**found)


def all_figures(now: datetime.datetime) -> list[Figures]:
    """Return every chart of the page, in its order; one query each."""
    several = _("A member may count in several lines.")
    return [
        Figures("months", _("Joined by month"), _("Month"), _months(now), is_over_time=True),
        Figures("regions", _("By region of the country"), _("Region"), _regions()),
        Figures("themes", _("By theme"), _("Theme"), _terms(Theme), several),
        Figures("countries", _("By country"), _("Country"), _countries()),
        Figures("groups", _("By working group"), _("Working group"), _groups(), several),
    ]


def _active():
    return Member.objects.filter(state=Member.State.ACTIVE)


def _months(now: datetime.datetime) -> list[Line]:
    last = now.date().replace(day=1)
    months = [last]
    while len(months) < MONTHS:
        months.insert(0, (months[0] - datetime.timedelta(days=1)).replace(day=1))
    rows = (
        _active()
        .filter(joined_at__gte=datetime.datetime.combine(months[0], datetime.time(), datetime.UTC))
        .annotate(month=TruncMonth("joined_at", tzinfo=datetime.UTC))
        .values_list("month")
        .annotate(number=Count("pk"))
        .order_by()
    )
    found = {month.date(): number for month, number in rows}
    return [Line(date_format(month, "M Y"), found.get(month, 0)) for month in months]


def _regions() -> list[Line]:
    rows = _active().order_by().values_list("country__region").annotate(number=Count("pk"))
    return _labelled(dict(rows), {region.pk: region.label for region in Region.objects.all()})


def _countries() -> list[Line]:
    rows = _active().order_by().values_list("country").annotate(number=Count("pk"))
    return _labelled(dict(rows), {country.pk: country.label for country in Country.objects.all()})


def _terms(vocabulary: type[Term]) -> list[Line]:
    of_members = Count("member", filter=Q(member__state=Member.State.ACTIVE))
    rows = vocabulary.objects.annotate(number=of_members).filter(number__gt=0)
    return _by_size([Line(term.label, term.number) for term in rows])


def _groups() -> list[Line]:
    of_members = Count("memberships", filter=Q(memberships__member__state=Member.State.ACTIVE))
    rows = WorkingGroupPage.objects.annotate(number=of_members).filter(number__gt=0)
    return _by_size([Line(group.title, group.number) for group in rows.defer_streamfields()])


def _labelled(numbers: dict, labels: dict) -> list[Line]:
    unsaid = _("not said")
    return _by_size([Line(labels.get(pk, unsaid), number) for pk, number in numbers.items()])


def _by_size(counts: list[Line]) -> list[Line]:
    return sorted(counts, key=lambda count: (-count.number, count.label))
