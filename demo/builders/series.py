"""A group’s quarterly meetings as a series, as if its co-chairs had planned them at once."""

import datetime

from demo.loader import Loader
from events.models import EventPage, Occurrence, Series


def write(loader: Loader) -> None:
    """Tie the meetings of each series of the outline together; what exists is left alone."""
    for item in loader.outline["series"]:
        parent = loader.pages[item["group"]]
        if not Series.objects.filter(parent=parent.pk, title=item["title"]).exists():
            _tie(item, [loader.pages[identity] for identity in item["meetings"]], parent)


def _tie(item: dict, meetings: list[EventPage], parent) -> None:
    first, last = meetings[0], meetings[-1]
    series = Series.objects.create(
        parent=parent,
        title=item["title"],
        summary=item["summary"],
        kind=first.kind,
        nth=_nth(first.starts_on),
        weekday=first.starts_on.weekday(),
        every_months=item["every_months"],
        first_on=first.starts_on,
        until=last.starts_on,
        start_time=first.start_time,
        end_time=first.end_time,
        time_zone=first.time_zone,
        mode=first.mode,
    )
    for meeting in meetings:
        Occurrence.objects.create(series=series, planned_on=meeting.starts_on, event=meeting)


def _nth(day: datetime.date) -> int:
    """Return the place of a day among the weekdays of its month; a fifth one is the last."""
    nth = (day.day - 1) // 7 + 1
    return nth if nth <= 4 else Series.Nth.LAST
