"""A group’s quarterly meetings as a series, as if its co-chairs had planned them at once."""

import datetime

from demo.loader import Loader
from events.models import EventPage, Occurrence, Series


def write(loader: Loader) -> None:
    """Tie the meetings of each series of the outline together; what exists is left alone."""
    for item in loader.outline["series"]:
        parent = loader.pages[item["group"]]
        if not Series.objects.filter(parent=parent.pk, title=item["title"]).exists():
            _tie(
                item, [loader.pages[identity] for identity in item["meetings"]], parent, loader.now
            )


def _tie(item: dict, meetings: list[EventPage], parent, now: datetime.datetime) -> None:
    """Tie meetings together; the rule is read off those to come, which moved by the same weeks."""
    first = next(meeting for meeting in meetings if meeting.starts_at > now)
    series = Series.objects.create(
        parent=parent,
        title=item["title"],
        summary=item["summary"],
        kind=first.kind,
        nth=_nth(first.starts_on),
        weekday=first.starts_on.weekday(),
        every_months=item["every_months"],
        first_on=meetings[0].starts_on,
        until=meetings[-1].starts_on,
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
