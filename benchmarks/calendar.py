"""Ask for months, lists and feeds of a calendar with very many events, and add up what each needs.

    .venv/bin/python -m benchmarks.calendar [--events 10000] [--runs 5]

On PostgreSQL and on SQLite. The events lie evenly over twelve years, with texts of 4 kB. Pages are
asked as a stranger’s browser would, with empty caches and again with full ones; of a feed, how long
it takes to write and how long to say that nothing has changed. Prints, as its last line, one JSON
object.
"""

import argparse
import datetime
import json
import statistics
import sys
import tempfile
import time
import uuid
from pathlib import Path

import django
from django.db import connection

from .bench_sites import Workshop

QUERIES, QUERIES_OF_LISTS, SQL_MS = 12, 20, 5.0  # with empty caches
FEED_SECONDS, FEED_KILOBYTES, UNCHANGED_QUERIES = 1.0, 400, 2  # for 1,000 events
YEARS = 12
ZONES = ("Africa/Nairobi", "Europe/Berlin", "Asia/Kathmandu", "America/New_York")
PAGES = {
    "month": "/events/?view=month",
    "month, filtered": "/events/?view=month&region=africa&kind=webinar",
    "month long ago": "/events/?view=month&month={long_ago}",
    "list": "/events/",
    "list, filtered": "/events/?theme=gender-equity&language=fr",
    "past, page 40": "/events/?view=past&page=40",
}
FEED = "/events/calendar.ics?language=en"


class CalendarWorkshop(Workshop):
    """A site without content, on one engine."""

    def __enter__(self) -> "CalendarWorkshop":
        self._say("an empty site")
        self.new_database("calendar")
        self.manage("calendar", "migrate", "-v0")
        self.manage("calendar", "setup_site")
        self.manage("calendar", "collectstatic", "--no-input", "-v0")
        return self


# What there is ------------------------------------------------------------------------------------


def fill(number: int, now: datetime.datetime) -> None:
    """Make events with their tags and calendar entries; nothing of this is measured.

    One event is made as editors make it; the rows of the others are those of the first, moved.
    """
    first = _first_event(now)
    step = datetime.timedelta(days=YEARS * 365) / number
    begin = now - datetime.timedelta(days=YEARS * 365 * 4 // 5)
    moves = [_moved(first, place, begin + place * step) for place in range(1, number)]
    for table, key in (
        ("wagtailcore_page", "id"),
        ("pages_sitepage", "page_ptr_id"),
        ("events_eventpage", "sitepage_ptr_id"),
        ("events_eventstate", "meeting"),
        ("pages_pageregion", "content_object_id"),
        ("pages_pagetheme", "content_object_id"),
    ):
        _copy(table, key, first, moves)
    _count_children(first.get_parent(), number)


def _first_event(now: datetime.datetime):
    from events.models import EventIndexPage, EventPage  # noqa: PLC0415 - Django is set up first
    from taxonomy.models import Region, Theme  # noqa: PLC0415

    words = "What local governments can decide for themselves, and who pays for it. " * 56
    event = EventPage(
        title="Meeting 0",
        slug="meeting-0",
        summary="What it is about, in one or two sentences.",
        starts_on=now.date(),
        start_time=datetime.time(12),
        end_time=datetime.time(13, 30),
        time_zone=ZONES[0],
        body=[("text", f"<p>{words}</p>")],
    )
    event.regions.add(Region.objects.get(slug="africa"))
    event.themes.add(Theme.objects.get(slug="gender-equity"))
    parent = EventIndexPage.objects.get(locale__language_code="en")
    parent.add_child(instance=event)
    event.save_revision().publish()
    return EventPage.objects.get(pk=event.pk)


def _moved(first, place: int, at: datetime.datetime) -> dict[str, object]:
    """Return what differs from the first event, by column."""
    at = at.replace(minute=0, second=0, microsecond=0)
    pk, key = first.pk + place, uuid.uuid5(uuid.NAMESPACE_URL, str(place))
    return {
        "id": pk,
        "page_ptr_id": pk,
        "sitepage_ptr_id": pk,
        "content_object_id": pk,
        "path": first._get_path(first.get_parent().path, first.depth, place + 1),
        "title": f"Meeting {place}",
        "slug": f"meeting-{place}",
        "url_path": f"{first.url_path.removesuffix('meeting-0/')}meeting-{place}/",
        "translation_key": key,
        "meeting": key,
        "ical_uid": f"{key}@decentralization.net",
        "language": "fr" if place % 4 == 0 else "en",
        "kind": ("webinar", "group-meeting", "roundtable")[place % 3],
        "date": at.date(),
        "starts_on": at.date(),
        "starts_at": at,
        "ends_at": at + datetime.timedelta(minutes=90),
        "starts_utc_published": at,
        "time_zone": ZONES[place % len(ZONES)],
        "latest_revision_id": None,
        "live_revision_id": None,
    }


def _copy(table: str, key: str, first, moves: list[dict[str, object]]) -> None:
    """Copy the row of a table that belongs to the first event, once for every move."""
    value = first.translation_key if key == "meeting" else first.pk
    adapt = connection.ops.adapt_datetimefield_value
    is_sqlite = connection.vendor == "sqlite"

    def stored(found: object) -> object:
        if isinstance(found, uuid.UUID):
            return found.hex if is_sqlite else found
        if isinstance(found, datetime.time):
            return str(found)
        return adapt(found) if isinstance(found, datetime.datetime) else found

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} WHERE {key} = %s", [stored(value)])  # noqa: S608
        columns = [column[0] for column in cursor.description]
        row = dict(zip(columns, cursor.fetchone(), strict=True))
        if key != "id":
            row.pop("id", None)
        names = ", ".join(f'"{name}"' for name in row)
        places = ", ".join(["%s"] * len(row))
        rows = [
            [stored(move.get(name, found)) for name, found in row.items()]
            for move in ({k: v for k, v in move.items() if k in row} for move in moves)
        ]
        cursor.executemany(
            f"INSERT INTO {table} ({names}) VALUES ({places})",  # noqa: S608
            rows,
        )


def _count_children(parent, number: int) -> None:
    type(parent).objects.filter(pk=parent.pk).update(numchild=number)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


# Measuring ----------------------------------------------------------------------------------------


class Clocked:
    """Adds up the time that the database takes, and notes whether a text was read."""

    def __init__(self) -> None:
        self.seconds = 0.0
        self.queries: list[str] = []

    def __call__(self, execute, sql, params, many, context):
        begun = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            self.seconds += time.perf_counter() - begun
            self.queries.append(sql)

    @property
    def reads_a_body(self) -> bool:
        """Some query asked for the text of events."""
        return any('"events_eventpage"."body"' in sql for sql in self.queries)


def asked(client, path: str, *, empty: bool, **headers: str) -> tuple[Clocked, float, object]:
    """Ask for a page and return what the database did, the seconds and the answer."""
    from django.core.cache import caches  # noqa: PLC0415

    if empty:
        for cache in caches.all():
            cache.clear()
    clock = Clocked()
    begun = time.perf_counter()
    with connection.execute_wrapper(clock):
        answer = client.get(path, headers=headers)
    return clock, time.perf_counter() - begun, answer


def measure(runs: int, now: datetime.datetime) -> dict:
    """Return the middle of several runs of everything."""
    from django.conf import settings  # noqa: PLC0415
    from django.test import Client  # noqa: PLC0415

    from events.models import EventPage  # noqa: PLC0415

    settings.PAGE_CACHE_SECONDS = 0
    client = Client(headers={"x-forwarded-proto": "https"})
    long_ago = f"{now.year - 6}-{now.month:02d}"
    pages = {name: path.format(long_ago=long_ago) for name, path in PAGES.items()}
    return {
        "events": EventPage.objects.count(),
        "pages": {name: _page(client, path, runs) for name, path in pages.items()},
        "feed": _feed(client, runs),
    }


def _page(client, path: str, runs: int) -> dict:
    found: dict = {}
    for state, empty in (("cold", True), ("warm", False)):
        taken = [asked(client, path, empty=empty) for _ in range(runs + 1)][1:]
        if any(answer.status_code != 200 for _clock, _seconds, answer in taken):
            raise SystemExit(f"{path}: {taken[-1][2].status_code}")
        middle = statistics.median(clock.seconds for clock, _seconds, _answer in taken)
        found |= {
            f"{state}_queries": max(len(clock.queries) for clock, *_rest in taken),
            f"{state}_sql_ms": round(middle * 1000, 2),
            f"{state}_ms": round(statistics.median(each[1] for each in taken) * 1000, 1),
        }
        found["reads_a_body"] = any(clock.reads_a_body for clock, *_rest in taken)
    return found


def _feed(client, runs: int) -> dict:
    begun = time.process_time()
    written = [asked(client, FEED, empty=True) for _ in range(runs)]
    cpu_seconds = (time.process_time() - begun) / runs
    answer = written[-1][2]
    again = [
        asked(client, FEED, empty=False, **{"if-none-match": answer["ETag"]}) for _ in range(runs)
    ]
    if any(each[2].status_code != 304 for each in again):
        raise SystemExit("An unchanged feed was sent again.")
    return {
        "events": answer.content.count(b"BEGIN:VEVENT"),
        "kilobytes": round(len(answer.content) / 1000),
        "seconds": round(statistics.median(each[1] for each in written), 3),
        "cpu_seconds": round(cpu_seconds, 3),
        "unchanged_queries": max(len(each[0].queries) for each in again),
        "unchanged_ms": round(statistics.median(each[1] for each in again) * 1000, 2),
        "unchanged_sql_ms": round(statistics.median(each[0].seconds for each in again) * 1000, 2),
    }


# The whole ----------------------------------------------------------------------------------------


def reached(found: dict) -> bool:
    """Say whether one engine keeps what issue and specification ask for."""
    pages, feed = found["pages"], found["feed"]
    thousands = max(feed["events"] / 1000, 1)
    return (
        all(
            page["cold_queries"] <= (QUERIES if name.startswith("month") else QUERIES_OF_LISTS)
            for name, page in pages.items()
        )
        and not any(page["reads_a_body"] for page in pages.values())
        and pages["month"]["cold_sql_ms"] < SQL_MS
        and feed["seconds"] / thousands < FEED_SECONDS
        and feed["kilobytes"] / thousands < FEED_KILOBYTES
        and feed["unchanged_queries"] <= UNCHANGED_QUERIES
    )


def on(engine: str, options: argparse.Namespace) -> dict:
    """Return what was measured on one engine, in processes of its own."""
    arguments = ("--here", f"--events={options.events}", f"--runs={options.runs}")
    sqlite = engine == "sqlite"
    with (
        tempfile.TemporaryDirectory() as folder,
        CalendarWorkshop(Path(folder), sqlite=sqlite) as shop,
    ):
        printed = shop.python("calendar", "-m", "benchmarks.calendar", *arguments)
    return json.loads(printed.splitlines()[-1])


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, default=10_000)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--here", action="store_true", help="use the environment’s database")
    options = parser.parse_args()
    if options.here:
        django.setup()
        now = datetime.datetime.now(datetime.UTC)
        fill(options.events, now)
        print(json.dumps(measure(options.runs, now)))
        return 0
    result: dict = {}
    for engine in ("postgresql", "sqlite"):
        found = result[engine] = on(engine, options)
        for name, page in found["pages"].items():
            print(f"{engine:10} {name:18} {json.dumps(page)}", flush=True)
        print(f"{engine:10} {'feed':18} {json.dumps(found['feed'])}", flush=True)
    done = all(reached(found) for found in result.values())
    print("reached" if done else "NOT REACHED")
    print(json.dumps(result | {"reached": done}))
    return 0 if done else 1


if __name__ == "__main__":
    sys.exit(main())
