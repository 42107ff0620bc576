"""Plan the reminders of a very large event, three planners at once, and count exactly.

    .venv/bin/python -m benchmarks.reminders [--people 10000] [--rules 3]

A real PostgreSQL and a SQLite file, three processes that begin together, then one more run that
must find nothing to do. Prints, as its last line, one JSON object. With ``--here`` the database of
the environment is used as it is.
"""

import argparse
import datetime
import json
import multiprocessing
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import django
from django.db import connection, connections

from .bench_sites import Workshop

NOW = datetime.datetime(2027, 3, 1, 12, tzinfo=datetime.UTC)
STARTS = NOW + datetime.timedelta(hours=1)
LONG_AGO = NOW - datetime.timedelta(days=20)
PLANNERS, SECONDS_AGAIN, QUERIES = 3, 2, 25


class ReminderWorkshop(Workshop):
    """A site without content."""

    def __enter__(self) -> "ReminderWorkshop":
        self._say("an empty site")
        self.new_database("reminders")
        self.manage("reminders", "migrate", "-v0")
        self.manage("reminders", "setup_site")
        return self


def fill(people: int, rules: int) -> None:
    """Make one event with its reminders, all due, and those registered; none of it is measured."""
    from events.models import EventSeats, ReminderRule  # noqa: PLC0415 - once Django is set up

    event = _event()
    EventSeats.objects.create(event=event, meeting=event.translation_key, seats_held=people)
    ReminderRule.objects.bulk_create(
        ReminderRule(meeting=event.translation_key, minutes=60 + place, armed_at=LONG_AGO)
        for place in range(rules)
    )
    _register(event, people)


def _event():
    from events.models import EventIndexPage, EventPage  # noqa: PLC0415

    event = EventPage(
        title="Large meeting",
        slug="large-meeting",
        starts_on=STARTS.date(),
        start_time=STARTS.time(),
        end_time=datetime.time(15),
        time_zone="UTC",
    )
    EventIndexPage.objects.get(locale__language_code="en").add_child(instance=event)
    return event


def _register(event, people: int) -> None:
    from events.models import Registration  # noqa: PLC0415
    from mail.models import Contact  # noqa: PLC0415

    contacts = Contact.objects.bulk_create(
        Contact(email=address, address=address, state="ok", confirmed_at=LONG_AGO)
        for address in (f"reader{number}@example.org" for number in range(people))
    )
    Registration.objects.bulk_create(
        Registration(event=event, contact=contact, state="confirmed", registered_at=LONG_AGO)
        for contact in contacts
    )


def run() -> dict:
    """Plan once; return rows, seconds and queries."""
    from events.reminders.planning import plan_reminders  # noqa: PLC0415

    queries = []

    def counted(execute, sql, params, many, context):
        queries.append(sql)
        return execute(sql, params, many, context)

    begun = time.perf_counter()
    with connection.execute_wrapper(counted):
        rows = plan_reminders(NOW)
    seconds = time.perf_counter() - begun
    return {"rows": rows, "seconds": round(seconds, 2), "queries": len(queries)}


def at_once(number: int) -> list[dict]:
    """Let so many processes plan at the same moment."""
    connections.close_all()  # a child must not share them
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(number, mp_context=context, initializer=django.setup) as pool:
        list(pool.map(int, range(number)))
        return [future.result() for future in [pool.submit(run) for _ in range(number)]]


def measure(people: int, rules: int) -> dict:
    """Plan by three at once, then once more; return what came of it."""
    from mail.models import Delivery  # noqa: PLC0415

    fill(people, rules)
    together = at_once(PLANNERS)
    again = run()
    rows = Delivery.objects.filter(purpose="reminder")
    return {
        "people": people,
        "rules": rules,
        "rows": rows.count(),
        "planned": sum(each["rows"] for each in together),
        "seconds": max(each["seconds"] for each in together),
        "queries": max(each["queries"] for each in together),
        "again_rows": again["rows"],
        "again_seconds": again["seconds"],
        "again_queries": again["queries"],
    }


def reached(result: dict) -> bool:
    """Say whether one database keeps what is promised."""
    right = result["people"] * result["rules"]
    return (
        result["rows"] == result["planned"] == right
        and result["again_rows"] == 0
        and result["again_seconds"] < SECONDS_AGAIN
        and max(result["queries"], result["again_queries"]) <= QUERIES
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--rules", type=int, default=3)
    parser.add_argument("--here", action="store_true", help="use the environment’s database")
    options = parser.parse_args()
    if options.here:
        django.setup()
        print(json.dumps(measure(options.people, options.rules)))
        return 0
    given = ("--here", f"--people={options.people}", f"--rules={options.rules}")
    found = {}
    for name in ("postgresql", "sqlite"):
        with (
            tempfile.TemporaryDirectory() as folder,
            ReminderWorkshop(Path(folder), sqlite=name == "sqlite") as shop,
        ):
            printed = shop.python("reminders", "-m", "benchmarks.reminders", *given)
        found[name] = json.loads(printed.splitlines()[-1])
        print(f"{name:>18}  {found[name]}")
    kept = all(reached(result) for result in found.values())
    print("reached" if kept else f"NOT REACHED: each once, again nothing in {SECONDS_AGAIN} s")
    print(json.dumps(found))
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
