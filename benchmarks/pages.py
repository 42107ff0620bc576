#!/usr/bin/env python3
"""Measure the public pages against a constant Django view and a fresh `wagtail start` project.

    .venv/bin/python -m benchmarks.pages [--rounds 5] [--requests 60] [--sizes 50 2000] [--sqlite]

All servers run at the same time under gunicorn with the same number of workers; rounds are
interleaved, so that a noisy machine disturbs every target alike, and the figures to read are the
ratios. Server CPU comes from the workers' own clocks (Linux only). Prints a table and, as its last
line, one JSON object.
"""

import argparse
import json
import statistics
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from .bench_load import Load, measure
from .bench_sites import Servers, Workshop

PAGES = {
    "home": "/",
    "group": "/groups/africa/",
    "blog index": "/blog/",
    "post": "/groups/africa/notes-from-the-africa-groups-october-meeting/",
    "calendar month": "/events/?view=month",
    "library": "/library/",
    "product": "/library/decentralization-multilevel-governance-primer/",
}
AT_MOST_START = {"home": 4, "group": 4, "blog index": 4, "calendar month": 4, "library": 4}
AT_MOST_START |= {"post": 3, "product": 3}
AT_MOST_CONSTANT_WHEN_CACHED = 2.5


@dataclass
class Series:
    """The rounds of one target."""

    loads: list[Load] = field(default_factory=list)

    def median(self, name: str) -> float:
        return statistics.median(getattr(load, name) for load in self.loads)


def run(servers: Servers, options: argparse.Namespace, paths: dict[str, str]) -> dict[str, Series]:
    """Return the measurements of every target, taken turn by turn."""
    targets = {"constant": (servers.constant, "/"), "wagtail start": (servers.start, "/")}
    for size, server in servers.uncached.items():
        targets |= {f"{name} at {size}": (server, path) for name, path in paths.items()}
    targets |= {f"{name} cached": (servers.cached, path) for name, path in paths.items()}
    series = {name: Series() for name in targets}
    for number in range(options.rounds + 1):
        for name, (server, path) in targets.items():
            # A clock tick is 10 ms: what costs little must be asked often.
            cheap = name == "constant" or name.endswith(" cached")
            count = options.requests * (30 if cheap else 1)
            load = measure(server, path, count=count, connections=options.connections)
            if number:  # the first round warms
                series[name].loads.append(load)
        print(f"round {number} of {options.rounds} done", file=sys.stderr)
    return series


def report(series: dict[str, Series], queries: dict) -> dict:
    """Return the figures of every target, with its ratios to the two floors."""
    floor, start = series["constant"].median("cpu_ms"), series["wagtail start"].median("cpu_ms")
    rows = {}
    for name, measured in series.items():
        rows[name] = {
            "requests_per_second": round(measured.median("per_second"), 1),
            "p95_ms": round(measured.median("p95_ms"), 1),
            "cpu_ms": round(measured.median("cpu_ms"), 2),
            "bytes": int(measured.median("size")),
            "cpu_to_constant": round(measured.median("cpu_ms") / floor, 2),
            "cpu_to_wagtail_start": round(measured.median("cpu_ms") / start, 2),
            **queries.get(name, {}),
        }
    return rows


def misses(rows: dict, queries: dict) -> list[str]:
    """Return each goal that was not reached, in words."""
    missed = []
    for name, row in rows.items():
        page, _, _size = name.rpartition(" at ")
        if page and row["cpu_to_wagtail_start"] > AT_MOST_START[page]:
            missed.append(f"{name}: {row['cpu_to_wagtail_start']} times wagtail start")
        if name.endswith(" cached") and row["cpu_to_constant"] > AT_MOST_CONSTANT_WHEN_CACHED:
            missed.append(f"{name}: {row['cpu_to_constant']} times the constant view")
    for name, row in queries.items():
        if row["queries_warm"] > 12 or row["queries_cold"] > 20:
            missed.append(f"{name}: {row['queries_warm']} queries warm, {row['queries_cold']} cold")
    return missed + growth(queries)


def growth(queries: dict) -> list[str]:
    """Return each page that needs more queries on a larger site, in words."""
    by_page: dict[str, dict[int, tuple]] = {}
    for name, row in queries.items():
        page, _, size = name.rpartition(" at ")
        counts = (row["queries_warm"], row["queries_cold"])
        by_page.setdefault(page, {})[int(size)] = counts
    grown = []
    for page, counts in by_page.items():
        smallest, *larger = (counts[size] for size in sorted(counts))
        if any(warm > smallest[0] or cold > smallest[1] for warm, cold in larger):
            grown.append(f"{page}: the queries grow with the site, {counts}")
    return grown


def show(rows: dict) -> None:
    columns = list(next(iter(rows.values())))
    columns += [name for name in ("queries_warm", "queries_cold") if name not in columns]
    print(f"{'':24}" + "".join(f"{name:>22}" for name in columns))
    for name, row in rows.items():
        print(f"{name:24}" + "".join(f"{row.get(column, ''):>22}" for column in columns))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--requests", type=int, default=60, help="per target and round")
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--sizes", type=int, nargs="+", default=[50, 2000], help="pages added")
    parser.add_argument("--count-at", type=int, nargs="*", default=[20000], help="queries only")
    parser.add_argument("--sqlite", action="store_true", help="instead of PostgreSQL")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        workshop = Workshop(Path(folder), sqlite=options.sqlite)
        with workshop:
            paths = workshop.paths(PAGES)
            queries = {}
            for size in [*options.sizes, *options.count_at]:
                counted = workshop.count_queries(size, paths)
                queries |= {f"{name} at {size}": counts for name, counts in counted.items()}
            with workshop.serve(options.sizes, workers=options.workers) as servers:
                rows = report(run(servers, options, paths), queries)
    rows |= {name: counts for name, counts in queries.items() if name not in rows}
    show(rows)
    missed = misses({n: r for n, r in rows.items() if "cpu_ms" in r}, queries)
    print("\n".join(f"NOT REACHED  {line}" for line in missed) or "all goals reached")
    print(json.dumps({"pages": rows, "not_reached": missed}))


if __name__ == "__main__":
    main()
