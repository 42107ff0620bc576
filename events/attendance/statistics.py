"""How many had to do with events, and who they were. Counts only, made in the database."""

import enum
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from events.models import EventPage, Registration
from events.registration import people
from files.lists import plain
from pages.charts import Figures, Line
from taxonomy.models import Country, Region

from . import rules
from .rules import Counts
from .tick_list import HAD_SEAT, NO_REGISTRATION, NUMBERS, counted

MOST_ORGANISATIONS = 20


class Of(enum.StrEnum):
    """Whom the charts count."""

    REGISTERED = "registered"
    SEATED = "seated"
    THERE = "there"


CONDITIONS = {
    Of.REGISTERED: ~Q(state__in=NO_REGISTRATION),
    Of.SEATED: HAD_SEAT,
    Of.THERE: Q(attended=True),
}


@dataclass(frozen=True)
class EventCounts:
    """The numbers of one event."""

    event: EventPage
    counts: Counts


def by_event(events: QuerySet[EventPage]) -> list[EventCounts]:
    """Return the numbers of those of the events for which anybody registered, the latest first."""
    rows = Registration.objects.filter(event__in=events.order_by().values("pk")).order_by()
    numbers = {row["event"]: counted(row) for row in rows.values("event").annotate(**NUMBERS)}
    held = EventPage.objects.filter(pk__in=numbers).select_related("locale").defer("body")
    return [EventCounts(event, numbers[event.pk]) for event in held.order_by("-starts_at")]


def figures(registrations: QuerySet[Registration]) -> list[Figures]:
    """Return who these are, as four charts with tables."""
    rows = registrations.order_by()
    countries = _numbers(rows, "country")
    regions = _numbers(rows, "country__region")
    several = _("Members say in which sectors they work; somebody may count in several.")
    return [
        Figures("countries", _("By country"), _("Country"), _labelled(countries, Country)),
        Figures("regions", _("By region of the country"), _("Region"), _labelled(regions, Region)),
        Figures("sectors", _("By sector"), _("Sector"), _sectors(rows), several),
        Figures("organisations", _("By organisation"), _("Organisation"), _organisations(rows)),
    ]


def for_others(all_figures: list[Figures]) -> list[Figures]:
    """Return figures that may leave the circle of the organisers: no cell below three people."""
    return [replace(each, lines=list(_for_others(each.lines))) for each in all_figures]


def _for_others(lines: list[Line]) -> Iterator[Line]:
    shown, rest = rules.for_others([(line.label, line.number) for line in lines])
    told = Counter(dict(shown))
    # A long list ends in such a line already.
    told[_("others together")] += rest
    yield from (Line(label, number) for label, number in told.items() if number)


def _numbers(rows: QuerySet[Registration], field: str) -> dict:
    return dict(rows.values_list(field).annotate(number=Count("pk")))


def _labelled(numbers: Mapping, model: type[Country] | type[Region]) -> list[Line]:
    labels = {term.pk: term.label for term in model.objects.filter(pk__in=filter(None, numbers))}
    unsaid = _("not said")
    return _by_size({labels.get(pk, unsaid): number for pk, number in numbers.items()})


def _sectors(rows: QuerySet[Registration]) -> list[Line]:
    return _by_size(people.count_sectors(rows))


def _organisations(rows: QuerySet[Registration]) -> list[Line]:
    """Count organisations however they are written; the most usual spelling stands for all."""
    spellings: dict[str, Counter] = {}
    for written, number in _numbers(rows, "organisation").items():
        spellings.setdefault(plain(written), Counter())[written] += number
    named = {
        each.most_common(1)[0][0] or _("not said"): each.total() for each in spellings.values()
    }
    largest = _by_size(named)
    rest = sum(line.number for line in largest[MOST_ORGANISATIONS:])
    return [*largest[:MOST_ORGANISATIONS], *([Line(_("others together"), rest)] if rest else [])]


def _by_size(numbers: Mapping[str, int]) -> list[Line]:
    lines = [Line(label, number) for label, number in numbers.items()]
    return sorted(lines, key=lambda line: (-line.number, line.label))
