"""A month of the calendar as ``components/month_table.html`` draws it."""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from django.utils.formats import date_format, get_format
from django.utils.translation import get_language

from . import cities, rules, times

# Local days lie up to 14 hours before and 12 hours after the same days in UTC.
WIDEST_ZONE = datetime.timedelta(hours=14)
MONTH_FIELDS = (
    "title",
    "slug",
    "url_path",
    "language",
    "starts_at",
    "ends_at",
    "time_zone",
    "status",
    "recording",
)


@dataclass(frozen=True)
class Entry:
    """An event on one day.

    A bar runs over several days, on the same line of each; ``span`` says over how many days of
    the week, where its title stands.
    """

    url: str
    title: str
    language: str
    time: str
    status: str
    status_label: str
    continues: bool = False
    bar: str = ""
    span: int = 0
    gap: bool = False


GAP = Entry("", "", "", "", "", "", gap=True)


@dataclass(frozen=True)
class Day:
    day: int
    iso: str
    label: str
    in_month: bool
    today: bool
    events: list[Entry] = field(default_factory=list)


@dataclass(frozen=True)
class Weekday:
    short: str
    long: str


@dataclass(frozen=True)
class Link:
    label: str
    url: str


@dataclass(frozen=True)
class Month:
    """What the component needs; ``count`` says how many events the month has."""

    label: str
    weekdays: list[Weekday]
    weeks: list[list[Day]]
    count: int
    previous: Link | None = None
    next: Link | None = None


@dataclass(frozen=True)
class Occurrence:
    """An event with the days it touches, on the clock on which the reader sees it."""

    event: object
    stretch: rules.Stretch

    @property
    def is_bar(self) -> bool:
        """It runs over several days; a late evening that ends after midnight does not."""
        return self.stretch.is_long and len(self.stretch.days) > 1

    @property
    def days(self) -> list[datetime.date]:
        """The days on which it stands in the calendar."""
        return self.stretch.days if self.is_bar else self.stretch.days[:1]


def days(first: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """Return the instants at which a month and the next one begin, on the clock of UTC."""
    midnight = datetime.time(tzinfo=datetime.UTC)
    return (
        datetime.datetime.combine(first, midnight),
        datetime.datetime.combine(rules.month_after(first), midnight),
    )


def window(first: datetime.date) -> tuple[datetime.datetime, datetime.datetime]:
    """Return the instants between which every event of a month lies, whatever its zone."""
    start, end = days(first)
    return start - WIDEST_ZONE, end + WIDEST_ZONE


def middle(first: datetime.date) -> datetime.datetime:
    """Return an instant that lies inside the month in every zone."""
    return datetime.datetime(first.year, first.month, 15, tzinfo=datetime.UTC)


def month(
    first: datetime.date,
    events: Iterable,
    reader_zone: datetime.tzinfo | None,
    today: datetime.date,
    **links: Link | None,
) -> Month:
    """Return a month with its events, each on its day on the reader’s clock or on its own."""
    last = rules.month_after(first) - datetime.timedelta(days=1)
    shown = [
        occurrence
        for occurrence in _occurrences(events, reader_zone)
        if occurrence.days[0] <= last and occurrence.days[-1] >= first
    ]
    weeks = rules.weeks(first, first_weekday())
    return Month(
        label=times.month_words(first),
        weekdays=[Weekday(date_format(day, "D"), date_format(day, "l")) for day in weeks[0]],
        weeks=[_week(week, first, shown, today, own_zone=reader_zone is None) for week in weeks],
        count=len(shown),
        **links,
    )


def first_weekday() -> int:
    """Return on which day weeks begin for the reader, Monday being 0.

    The site’s English is international, so its weeks begin on Monday as ISO 8601 has it.
    """
    if (get_language() or "en").startswith("en"):
        return 0
    return (int(get_format("FIRST_DAY_OF_WEEK")) - 1) % 7


def _occurrences(events: Iterable, reader_zone: datetime.tzinfo | None) -> list[Occurrence]:
    found = []
    for event in events:
        stretch = times.stretch(event, reader_zone)
        if stretch is not None:
            found.append(Occurrence(event, stretch))
    return found


def _week(
    week: list[datetime.date],
    first: datetime.date,
    shown: list[Occurrence],
    today: datetime.date,
    *,
    own_zone: bool,
) -> list[Day]:
    """Return the days of a week: bars first, each on its line, then what fits in one day."""
    inside = [day for day in week if day.month == first.month]
    bars = [item for item in shown if item.is_bar and set(item.days) & set(inside)]
    bars.sort(key=lambda item: item.days[0])
    entries: dict[datetime.date, list[Entry]] = defaultdict(list)
    for bar, lane in zip(bars, rules.lanes(inside, [bar.days for bar in bars]), strict=True):
        for day in inside:
            if day in bar.days:
                entries[day] += [GAP] * (lane + 1 - len(entries[day]))
                entries[day][lane] = _bar_entry(bar, day, inside, own_zone=own_zone)
    for item in shown:
        if not item.is_bar and item.days[0] in inside:
            entries[item.days[0]].append(_entry(item, own_zone=own_zone))
    return [
        Day(
            day=day.day,
            iso=day.isoformat(),
            label=times.long_day(day),
            in_month=day.month == first.month,
            today=day == today,
            events=entries[day],
        )
        for day in week
    ]


def _bar_entry(
    bar: Occurrence, day: datetime.date, inside: list[datetime.date], *, own_zone: bool
) -> Entry:
    """Return the piece of a bar on one day; the title stands where the bar or a week begins."""
    begins, ends = day == bar.days[0], day == bar.days[-1]
    part = {(True, False): "start", (False, True): "end"}.get((begins, ends), "middle")
    has_title = begins or day == inside[0]
    entry = _entry(bar, own_zone=own_zone)
    return replace(
        entry,
        time=entry.time if begins else "",
        continues=not begins,
        bar=part,
        span=sum(later in bar.days for later in inside if later >= day) if has_title else 0,
    )


def _entry(occurrence: Occurrence, *, own_zone: bool) -> Entry:
    """Return an event with the time at which it begins; in its own zone it says whose that is."""
    event, starts = occurrence.event, occurrence.stretch.starts
    state = times.lasting_state(event)
    time = times.clock(starts)
    return Entry(
        url=event.get_url() or "",
        title=event.title,
        language=event.language,
        time=f"{time} {cities.city(starts.tzinfo)}" if own_zone else time,
        status=state.status,
        status_label=state.label,
    )
