"""Measure how good the search is on a judged set of searches of the demo content.

    .venv/bin/python -m benchmarks.relevance [--engines sqlite elasticsearch] [--failures]

Each engine answers in a process of its own, because Django has one database and one search engine
a process. Prints a table for each engine and, as its last line, one JSON object. Fails when a bar
is missed or Elasticsearch cannot be had; PostgreSQL is left out where it cannot be had.
"""

import argparse
import json
import os
import subprocess
import sys
from collections.abc import Sequence

from . import demo_site
from .judgements import documents, searches
from .report import failures, summary, table
from .results import BARS, Result, missed

OPTIONAL = ("postgresql",)
SERVICES = {"postgresql": "postgres", "elasticsearch": "elasticsearch"}


class Missing(Exception):
    """An engine cannot be had on this machine."""


def start(engine: str) -> str:
    """Return the address of the server that the engine needs, or nothing if it needs none."""
    if engine not in SERVICES:
        return ""
    answer = _service(engine, "start")
    if answer.returncode:
        raise Missing(answer.stderr.strip())
    return answer.stdout.strip()


def measure(engine: str) -> list[Result]:
    """Return what the engine answers to every judged search."""
    address = start(engine)
    try:
        answer = subprocess.run(
            [sys.executable, "-m", "benchmarks.relevance.answering"],
            env=os.environ | demo_site.environment(engine, address),
            cwd=demo_site.PROJECT,
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
    finally:
        if address:
            _service(engine, "stop")
    rankings = json.loads(answer.stdout)
    pairs = zip(searches(), rankings, strict=True)
    return [Result(search, tuple(ranking)) for search, ranking in pairs]


def measure_all(engines: Sequence[str]) -> dict[str, list[Result]]:
    """Return the answers of each engine that can be had."""
    found = {}
    for engine in engines:
        try:
            found[engine] = measure(engine)
        except Missing as reason:
            print(f"{engine} was not measured: {reason}", file=sys.stderr)
    return found


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--engines", nargs="+", choices=BARS, default=list(BARS))
    parser.add_argument("--failures", action="store_true", help="show the searches of the dev part")
    options = parser.parse_args()
    found = measure_all(options.engines)
    faults = [
        f"{engine} was not measured"
        for engine in options.engines
        if engine not in found and engine not in OPTIONAL
    ]
    titles = {key: f"{document.title} ({key})" for key, document in documents().items()}
    for engine, results in found.items():
        if options.failures:
            print(failures(results, titles), end="\n\n")
        print(table(engine, results), end="\n\n")
        faults += [f"{engine}: {fault}" for fault in missed(results, BARS[engine])]
    for fault in faults:
        print(f"Missed: {fault}", file=sys.stderr)
    engines = {engine: summary(results) for engine, results in found.items()}
    print(json.dumps({"engines": engines, "missed": faults}))
    return 1 if faults else 0


def _service(engine: str, verb: str) -> subprocess.CompletedProcess[str]:
    script = demo_site.PROJECT / "scripts" / f"{SERVICES[engine]}.py"
    return subprocess.run(
        [sys.executable, script, verb, "--for", str(os.getpid())], capture_output=True, text=True
    )


if __name__ == "__main__":
    sys.exit(main())
