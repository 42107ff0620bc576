"""Let hundreds of people register at the same moment, and count seats, numbers and losses.

    .venv/bin/python -m benchmarks.registration [--people 500] [--seats 100]
    .venv/bin/python -m benchmarks.registration --mixed [MINUTES]

A real gunicorn with two workers on PostgreSQL and on SQLite, real HTTP, every request sent at once
by people who have the form open. Then the same form sent as often by one person, which counts once;
and the control: with the lock of the seats taken out it has to oversell. With ``--mixed`` instead
ten minutes of everything at once on each database, whose invariants are looked at all the time.
Prints, as its last line, one JSON object.
"""

import argparse
import json
import statistics
import sys
import tempfile
import time
import uuid
from collections import Counter
from pathlib import Path
from typing import Any

from .bench_load import Server, cpu_seconds
from .bench_sites import PROJECT, Workshop, gunicorn
from .crowd import Answer, all_at_once, request

SITE = "decentralization.wsgi:application"
CONTROL = "benchmarks.registration_without_lock:application"
LONGEST_P99 = 5.0
TOKEN = "c" * 32
OPENED = 24  # forms that are opened before, so that every worker has shown some


class RegistrationWorkshop(Workshop):
    """A site without content."""

    def __enter__(self) -> "RegistrationWorkshop":
        self._say("a site without content")
        self.new_database("registration")
        self.manage("registration", "migrate", "-v0")
        self.manage("registration", "setup_site")
        self.manage("registration", "collectstatic", "--no-input", "-v0")
        return self

    def inside(self, *arguments: str) -> Any:
        """Do something inside the site and return what it says."""
        printed = self.python("registration", "-m", "benchmarks.registration_site", *arguments)
        return json.loads(printed.splitlines()[-1])


class Spent:
    """The CPU time of everything that takes part, from now on: what no other load can hide."""

    def __init__(self, server: Server, backends: list[int]):
        self.server, self.backends = server, backends
        self.before = self._clocks()

    def so_far(self) -> dict[str, float]:
        """Return the seconds of the site, of the database’s own processes and of the crowd."""
        return {name: now - self.before[name] for name, now in self._clocks().items()}

    def _clocks(self) -> dict[str, float]:
        return {
            "site": self.server.cpu_seconds(),
            "database": sum(cpu_seconds(pid) for pid in self.backends),
            "crowd": time.process_time(),
        }


def rush(
    shop: RegistrationWorkshop, application: str, people: int, seats: int, *, is_one: bool = False
) -> dict:
    """Send all registrations at once and say what came of them.

    ``is_one``: they are all one form of one person.
    """
    made = shop.inside("prepare", str(people), str(seats))
    sessions = made["sessions"]
    environment = shop.environment("registration")
    with gunicorn(application, PROJECT, environment, 2, shop.folder) as server:
        _each(server, made["event"], sessions[:OPENED], "GET")
        spent = Spent(server, shop.inside("backends"))
        if is_one:
            sessions = sessions[:1] * people
        answers = _each(server, made["event"], sessions, "POST", uuid.uuid4() if is_one else None)
        cpu = spent.so_far()
    found = shop.inside("count", str(made["event"]))
    times = sorted(answer.seconds for answer in answers)
    statuses = Counter(str(answer.status) for answer in answers)
    return {
        **found,
        "lost": (1 if is_one else people) - found["seated"] - found["waiting"],
        "errors": people - statuses["302"],
        "answers": dict(statuses),
        "cpu_ms_each": {name: round(spent * 1000 / people, 2) for name, spent in cpu.items()},
        "wall_s": round(times[-1], 2),
        "p50_s": round(statistics.median(times), 2),
        "p99_s": round(statistics.quantiles(times, n=100)[98], 2),
    }


def _each(
    server: Server, event_id: int, sessions: list[str], method: str, key: uuid.UUID | None = None
) -> list[Answer]:
    """Let the members of these sessions open the form at once, or send it."""
    return all_at_once(
        server.port,
        [
            request(
                method,
                f"/events/{event_id}/register/",
                [
                    ("Host", f"127.0.0.1:{server.port}"),
                    ("Cookie", f"sessionid={session}; csrftoken={TOKEN}"),
                    ("X-CSRFToken", TOKEN),
                    ("X-Forwarded-Proto", "https"),
                    ("Origin", f"https://127.0.0.1:{server.port}"),
                    ("Content-Type", "application/x-www-form-urlencoded"),
                ],
                f"key={key or uuid.uuid4()}" if method == "POST" else "",
            )
            for session in sessions
        ],
    )


def is_right(result: dict, people: int, seats: int) -> bool:
    """Say whether a rush went as it must."""
    return (
        (result["seated"], result["waiting"]) == (seats, people - seats)
        and result["numbers_unique"]
        and result["numbers_in_order"]
        and not (result["lost"] or result["errors"] or result["faults"])
        and result["p99_s"] < LONGEST_P99
    )


def measure(shop: RegistrationWorkshop, options: argparse.Namespace) -> dict:
    """Return what one database did: in the rushes, or under the mixed load."""
    if options.mixed:
        return {"mixed": shop.inside("mix", str(int(options.mixed * 60)), "120", "40")}
    people, seats = options.people, options.seats
    return {
        "rush": rush(shop, SITE, people, seats),
        "one_form": rush(shop, SITE, people, seats, is_one=True),
        "without_lock": rush(shop, CONTROL, people, seats),
    }


def reached(results: dict, options: argparse.Namespace) -> bool:
    """Say whether one database keeps what is promised, and whether the control shows it."""
    if mixed := results.get("mixed"):
        return not (mixed["faults"] or mixed["errors"]) and mixed["samples"] > 0
    one = results["one_form"]
    return (
        is_right(results["rush"], options.people, options.seats)
        and (one["seated"], one["waiting"], one["errors"]) == (1, 0, 0)
        and results["without_lock"]["seated"] > options.seats
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--seats", type=int, default=100)
    parser.add_argument(
        "--mixed", type=float, nargs="?", const=10, metavar="MINUTES", help="a mixed load instead"
    )
    parser.add_argument("--only", choices=["postgresql", "sqlite"])
    options = parser.parse_args()
    found = {}
    for name in [options.only] if options.only else ["postgresql", "sqlite"]:
        with (
            tempfile.TemporaryDirectory() as folder,
            RegistrationWorkshop(Path(folder), sqlite=name == "sqlite") as shop,
        ):
            found[name] = measure(shop, options)
        for part, values in found[name].items():
            print(name, part, *(f"{key}={value}" for key, value in values.items()), sep="  ")
    is_reached = all(reached(results, options) for results in found.values())
    print("reached" if is_reached else "NOT REACHED: see above")
    print(json.dumps(found | {"reached": is_reached}))
    return 0 if is_reached else 1


if __name__ == "__main__":
    sys.exit(main())
