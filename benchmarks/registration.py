"""Let hundreds of people register at the same moment, and count seats, numbers and losses.

    .venv/bin/python -m benchmarks.registration [--people 500] [--seats 100] [--minutes 10]

A real gunicorn with two workers on PostgreSQL and on SQLite, real HTTP, every request sent at once.
Then the control: the same with the lock of the seats taken out has to oversell. With ``--minutes``
also a mixed load for so long on each database, whose invariants are looked at all the time. Prints,
as its last line, one JSON object.
"""

import argparse
import http.client
import json
import statistics
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from .bench_load import Server
from .bench_sites import PROJECT, Workshop, gunicorn

SITE = "decentralization.wsgi:application"
CONTROL = "benchmarks.registration_without_lock:application"
LONGEST_P99 = 5.0
TOKEN = "c" * 32


class RegistrationWorkshop(Workshop):
    """A site without content."""

    def __enter__(self) -> "RegistrationWorkshop":
        self._say("a site without content")
        self.new_database("registration")
        self.manage("registration", "migrate", "-v0")
        self.manage("registration", "setup_site")
        self.manage("registration", "collectstatic", "--no-input", "-v0")
        return self

    def inside(self, *arguments: str) -> dict:
        """Do something inside the site and return what it says."""
        printed = self.python("registration", "-m", "benchmarks.registration_site", *arguments)
        return json.loads(printed.splitlines()[-1])


def rush(shop: RegistrationWorkshop, application: str, people: int, seats: int) -> dict:
    """Send all registrations at once and say what came of them."""
    made = shop.inside("prepare", str(people), str(seats))
    environment = shop.environment("registration")
    with gunicorn(application, PROJECT, environment, 2, shop.folder) as server:
        cpu = server.cpu_seconds()
        answers = _all_at_once(server, made["event"], made["sessions"])
        cpu = server.cpu_seconds() - cpu
    found = shop.inside("count", str(made["event"]))
    times = sorted(took for _status, took in answers)
    statuses = Counter(str(status) for status, _took in answers)
    return {
        **found,
        "lost": people - found["seated"] - found["waiting"],
        "errors": people - statuses["302"],
        "answers": dict(statuses),
        "cpu_ms_each": round(cpu * 1000 / people, 1),
        "wall_s": round(times[-1], 2),
        "p50_s": round(statistics.median(times), 2),
        "p99_s": round(statistics.quantiles(times, n=100)[98], 2),
    }


def _all_at_once(server: Server, event_id: int, sessions: list[str]) -> list[tuple[int, float]]:
    together = threading.Barrier(len(sessions))

    def one(session: str) -> tuple[int, float]:
        together.wait(60)
        began = time.perf_counter()
        status = _register(server.port, event_id, session)
        return status, time.perf_counter() - began

    with ThreadPoolExecutor(len(sessions)) as pool:
        return list(pool.map(one, sessions))


def _register(port: int, event_id: int, session: str) -> int:
    """Send the form of a member; return the status, 0 for no answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    headers = {
        "Cookie": f"sessionid={session}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "X-Forwarded-Proto": "https",
        "Origin": f"https://127.0.0.1:{port}",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    try:
        path = f"/events/{event_id}/register/"
        connection.request("POST", path, body=f"key={uuid.uuid4()}", headers=headers)
        response = connection.getresponse()
        response.read()
        return response.status
    except OSError:
        return 0
    finally:
        connection.close()


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
    """Return the rush, its control and, if asked for, the mixed load on one database."""
    results = {
        "rush": rush(shop, SITE, options.people, options.seats),
        "without_lock": rush(shop, CONTROL, options.people, options.seats),
    }
    if options.minutes:
        seconds = str(int(options.minutes * 60))
        results["mixed"] = shop.inside("mix", seconds, "120", "40")
    return results


def reached(results: dict, options: argparse.Namespace) -> bool:
    """Say whether one database keeps what is promised, and whether the control shows it."""
    mixed = results.get("mixed", {"faults": [], "errors": []})
    return (
        is_right(results["rush"], options.people, options.seats)
        and results["without_lock"]["seated"] > options.seats
        and not (mixed["faults"] or mixed["errors"])
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=500)
    parser.add_argument("--seats", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=0, help="of a mixed load (none)")
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
