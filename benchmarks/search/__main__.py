"""Measure the search against what Elasticsearch alone needs for the same.

    .venv/bin/python -m benchmarks.search [--documents 100000] [--rounds 10] [--rate 20]
    .venv/bin/python -m benchmarks.search --faults [--minutes 10]
    .venv/bin/python -m benchmarks.search --fallback sqlite|postgresql [--documents 20000]

A real PostgreSQL, a real Elasticsearch, documents of no meaning written straight into the
projection, a small site around them. What is compared is done turn by turn in one run, so the
figures to read are the ratios. Each part runs in a process of its own. Prints a table and, as its
last line, one JSON object.

With ``--faults`` everything that can happens to a cluster of its own, while people search and
edit a site with the demo content. With ``--fallback`` the database answers.
"""

import argparse
import contextlib
import json
import sys
import tempfile
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.bench_sites import PROJECT, Workshop, gunicorn

from . import storm
from .workshops import INDEX, DatabaseWorkshop, Figures, SearchWorkshop, StormWorkshop

EDITED_A_SECOND = 2
SMALL = 10  # the first rebuild has a tenth of the documents

What = Callable[[Any, argparse.Namespace], Figures]


@dataclass(frozen=True)
class Goal:
    """What has to be reached: a figure, and whether a value of it is good."""

    figure: str
    words: str
    reached: Callable[[Any], bool]


GOALS = (
    Goal("engine_to_raw_p50", "at most 1.25 times the raw query", lambda ratio: ratio <= 1.25),
    Goal("unanswered_suggestions", "every one is answered in time", lambda number: number == 0),
    Goal("unanswered", "every question is answered in time", lambda number: number == 0),
    Goal("searches_per_page", "exactly one search for each page", lambda number: number == 1),
    Goal(
        "page_without_empty_to_raw_p95",
        "at most 1.5 times the raw query and an empty page",
        lambda ratio: ratio <= 1.5,
    ),
    Goal("suggest_to_raw_p95", "at most 1.5 times the raw request", lambda ratio: ratio <= 1.5),
    Goal("rebuild_to_raw", "at least half of a raw bulk", lambda ratio: ratio >= 0.5),
    Goal("rebuild_to_raw_large", "at least half of a raw bulk", lambda ratio: ratio >= 0.5),
    Goal("content_read", "no page, person or file is read", lambda tables: not tables),
    Goal(
        "memory_large_to_small",
        "the same memory for ten times the documents",
        lambda ratio: ratio <= 1.15,
    ),
    Goal(
        "first_visitors_wait_ms",
        "at most 1.5 s for each of three visitors",
        lambda waits: max(waits) <= 1500,
    ),
    Goal("next_visitors_wait_at_most_ms", "less than 50 ms", lambda wait: wait < 50),
    Goal("share_of_the_rate", "publishing as often as wanted", lambda share: share >= 0.95),
    Goal("lag_at_most_ms", "less than 2 s", lambda lag: lag < 2000),
    Goal("lost", "every publication is found", lambda number: number == 0),
)

CALM = (
    Goal("failed_pages", "no page fails", lambda number: number == 0),
    Goal("failed_saves", "no save fails", lambda failed: not failed),
    Goal("longest_save_ms", "no save waits for the cluster", lambda took: took < 3000),
    Goal(
        "differences",
        "content, projection and cluster are the same",
        lambda differences: not any(differences.values()),
    ),
)


def measure(workshop: SearchWorkshop, options: argparse.Namespace) -> Figures:
    """Return all figures, telling on the way what is being done."""
    few = options.documents // SMALL

    def step(said: str, database: str, what: str) -> Figures:
        print(said, file=sys.stderr)
        return workshop.call(database, what)

    figures = {"documents": options.documents}
    step(f"writing {few} documents", "search", f"documents.fill({few})")
    before = step("sending them raw", "search", f"rebuilding.raw({few})")
    small = step("building the index of them", "search", "rebuilding.rebuild()")
    after = step("sending them raw again", "search", f"rebuilding.raw({few})")
    step(f"writing {options.documents} documents", "search", f"documents.fill({options.documents})")
    large = step("building the index of all", "search", "rebuilding.rebuild()")
    all_raw = step("sending all of them raw", "search", f"rebuilding.raw({options.documents})")
    name = "documents_per_second"
    raw = (before[f"raw_{name}"] + after[f"raw_{name}"]) / 2
    figures |= large | {
        f"raw_{name}": round(raw),
        f"rebuild_{name}_small": small[f"rebuild_{name}"],
        "rebuild_to_raw": round(small[f"rebuild_{name}"] / raw, 2),
        f"raw_{name}_large": all_raw[f"raw_{name}"],
        "rebuild_to_raw_large": round(large[f"rebuild_{name}"] / all_raw[f"raw_{name}"], 2),
        "memory_mib_small": small["memory_mib"],
        "memory_large_to_small": round(large["memory_mib"] / small["memory_mib"], 2),
    }
    figures |= step("asking", "search", f"asking.measure({options.rounds})")
    figures |= step(
        f"publishing {options.rate} pages a second",
        "search_pages",
        f"lag.measure({options.rate}, {options.seconds})",
    )
    figures |= step("asking a cluster that hangs", "search_pages", "silence.measure()")
    return figures


def misses(figures: Figures, goals: Iterable[Goal]) -> list[str]:
    """Return each goal that was not reached, in words."""
    return [
        f"{goal.figure} is {figures[goal.figure]}: {goal.words}"
        for goal in goals
        if not goal.reached(figures[goal.figure])
    ]


def from_the_database(workshop: DatabaseWorkshop, options: argparse.Namespace) -> Figures:
    """Return what answers take where the database gives them."""
    workshop.call("search", f"documents.fill({options.documents})")
    return workshop.call("search", f"fallback.measure({options.rounds})")


def weather(workshop: StormWorkshop, options: argparse.Namespace) -> Figures:
    """Return what readers and editors notice of all misfortunes, and how the index ends."""
    environment = workshop.environment("demo")
    manage = partial(workshop.manage, "demo")
    status = partial(manage, "search_index", "status")
    with contextlib.ExitStack() as running:
        running.enter_context(storm.working(environment))
        application = ("decentralization.wsgi:application", PROJECT, environment)
        server = running.enter_context(gunicorn(*application, 2, workshop.folder))
        storm.settle(status)
        editor = running.enter_context(ThreadPoolExecutor(1))
        edited = editor.submit(workshop.call, f"edit({options.minutes * 60}, {EDITED_A_SECOND})")
        cluster = storm.Cluster(workshop.node, INDEX, manage)
        accounts = storm.weather(server, cluster, options.minutes, partial(print, file=sys.stderr))
        figures = {"minutes": options.minutes, **edited.result(), "accounts": accounts}
        figures["settled_after_s"] = storm.settle(status)
    return figures | {
        "pages": sum(account["pages"] for account in accounts.values()),
        "failed_pages": sum(account["failed"] for account in accounts.values()),
        "differences": workshop.call("differences()"),
    }


def _wanted(options: argparse.Namespace) -> tuple[Callable[[Path], Workshop], What, Iterable[Goal]]:
    """Return where what is measured, and what has to be reached."""
    if options.faults:
        return StormWorkshop, weather, CALM
    if options.fallback:
        is_sqlite = options.fallback == "sqlite"
        return partial(DatabaseWorkshop, sqlite=is_sqlite), from_the_database, ()
    return SearchWorkshop, measure, GOALS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--documents", type=int, default=100_000)
    parser.add_argument("--rounds", type=int, default=10, help="of all questions")
    parser.add_argument("--rate", type=int, default=20, help="publications a second")
    parser.add_argument("--seconds", type=int, default=10, help="of publishing")
    parser.add_argument("--faults", action="store_true", help="mistreat the cluster instead")
    parser.add_argument("--minutes", type=float, default=10, help="of misfortunes")
    parser.add_argument("--fallback", choices=("sqlite", "postgresql"), help="measure this instead")
    options = parser.parse_args()
    workshop_of, take, goals = _wanted(options)
    with (
        tempfile.TemporaryDirectory(prefix="bench-") as folder,
        workshop_of(Path(folder)) as workshop,
    ):
        figures = take(workshop, options)
    for name, value in figures.items():
        print(f"{name:36}{value!s:>20}")
    missed = misses(figures, goals)
    print("\n".join(f"NOT REACHED  {line}" for line in missed) or "all goals reached")
    print(json.dumps({"search": figures, "not_reached": missed}))


if __name__ == "__main__":
    main()
