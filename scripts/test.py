#!/usr/bin/env python3
"""Run the whole suite with real services: on SQLite, then on PostgreSQL.

    .venv/bin/python scripts/test.py [pytest's arguments]

Ends with what could not be started. With CI=true that is a failure, otherwise a warning.
"""

import os
import subprocess
import sys
from pathlib import Path

SCRIPTS = Path(__file__).resolve().parent
PYTEST = [sys.executable, "-m", "pytest", "--numprocesses=2", "--dist=loadfile"]
NOT_ABOUT_THE_DATABASE = "not browser and not elasticsearch"
NO_TESTS_CHOSEN = 5


def ask(name: str, *arguments: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, SCRIPTS / f"{name}.py", *arguments],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def start_services() -> tuple[dict[str, str], list[str]]:
    """Start what the tests need, side by side; return where it is and what is missing."""
    holder = str(os.getpid())
    asked = {
        "postgres": ask("postgres", "start", "--for", holder),
        "elasticsearch": ask("elasticsearch", "start", "--for", holder),
        "chromium": ask("chromium"),
    }
    found, missing = {}, []
    for name, process in asked.items():
        where, why = process.communicate()
        if process.returncode:
            missing.append(why.strip())
        else:
            found[name] = where.strip()
    return found, missing


def stop_services() -> None:
    for name in ("postgres", "elasticsearch"):
        ask(name, "stop", "--for", str(os.getpid())).communicate()


def suite(title: str, arguments: list[str], environment: dict[str, str]) -> bool:
    """Run the suite once; return whether it went well."""
    print(f"\n=== The suite on {title} ===", flush=True)
    result = subprocess.run([*PYTEST, *arguments], env=os.environ | environment)
    return result.returncode == 0 or (bool(arguments) and result.returncode == NO_TESTS_CHOSEN)


def main(arguments: list[str]) -> int:
    found, missing = start_services()
    try:
        passed = suite("SQLite", arguments, {})
        if postgres := found.get("postgres"):
            chosen = ["-m", NOT_ABOUT_THE_DATABASE, *arguments]
            passed = suite("PostgreSQL", chosen, {"DATABASE_URL": postgres}) and passed
    finally:
        stop_services()
    for reason in missing:
        print(f"NOT STARTED, so its tests did not run: {reason}", file=sys.stderr)
    if missing and os.environ.get("CI") == "true":
        return 1
    return 0 if passed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
