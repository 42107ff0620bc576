"""Import a long list of members, and take a longer one out; how long, and how much memory.

    .venv/bin/python -m benchmarks.lists [--rows 10000] [--exported 50000] [--engine postgres]

A messy list (names in several scripts, doubles, broken rows, odd countries) is tried and imported,
and every row’s fate is counted; then members are exported as XLSX and CSV through the same view
helper that the admin uses. Memory is the peak of the process above what it had
before; CPU is that of this process, which a busy machine does not change. Prints, as
its last line, one JSON object.
"""

import argparse
import datetime
import io
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import django
from django.utils import timezone

from .bench_sites import Workshop

SECONDS, MEGABYTES = 60, 100
NAMES = ("Amina Mfano", "Zoë Ñandú", "نور الهدى", "João Exemplo", "Nguyễn Văn Mẫu")
COUNTRIES = ("KE", "France", "المغرب", "Brasil", "Atlantis")
NOW = datetime.datetime(2026, 11, 22, 12, tzinfo=datetime.UTC)
ONE_BROKEN_IN, ONE_DOUBLE_IN = 100, 50


class ListWorkshop(Workshop):
    """A site without content."""

    def __enter__(self) -> "ListWorkshop":
        self._say("an empty site")
        self.new_database("lists")
        self.manage("lists", "migrate", "-v0")
        self.manage("lists", "setup_site")
        return self


def messy_list(rows: int) -> io.BytesIO:
    """Return a list of so many rows; one in a hundred is broken, one in fifty stands twice."""
    file = io.BytesIO()
    file.write(b"Full name;E-mail;Country;Organisation;Regions;Member since\r\n")
    for number in range(rows):
        file.write(f"{_row(number)}\r\n".encode())
    file.seek(0)
    return file


def _row(number: int) -> str:
    name, country = NAMES[number % len(NAMES)], COUNTRIES[number % len(COUNTRIES)]
    if number % ONE_BROKEN_IN == 3:
        return f'"{name};broken{number}@example.org;{country}'
    mailbox = number - 1 if number % ONE_DOUBLE_IN == 1 else number
    return f"{name};M{mailbox}@Example.org;{country};County, of X;Africa, Global;31/12/2019"


def imported(rows: int) -> dict:
    """Try and import a list; return how long both took, the memory, and the fates."""
    from files.lists import ListFile  # noqa: PLC0415
    from members.actions import importing  # noqa: PLC0415 - Django has to be set up first
    from members.models import Member  # noqa: PLC0415

    upload = importing.Upload("bench.csv", "en", _somebody())
    importing.try_list(ListFile(messy_list(20)), upload, NOW)  # what is loaded once
    before, begun, worked = memory(), time.perf_counter(), time.process_time()
    source = importing.try_list(ListFile(messy_list(rows)), upload, NOW)
    tried = time.perf_counter() - begun
    foretold = importing.counts(source)
    importing.start(source)
    importing.go_on(source.pk, clock=timezone.now)
    total = time.perf_counter() - begun
    return {
        "rows": rows,
        "tried_seconds": round(tried, 1),
        "import_seconds": round(total, 1),
        "import_cpu_seconds": round(time.process_time() - worked, 1),
        "import_megabytes": round(memory() - before),
        "fates": foretold,
        "as_foretold": foretold == importing.counts(source),
        "members": Member.objects.count(),
    }


def exported(rows: int) -> dict:
    """Take out as many rows as XLSX and as CSV; return seconds and memory of each."""
    from files.spreadsheets import Sheet, spreadsheet_response  # noqa: PLC0415

    found = {"exported": rows}
    for file_format in ("csv", "xlsx"):
        before, begun = memory(), time.perf_counter()
        sheet = Sheet("bench", [f"Column {number}" for number in range(12)], _cells(rows))
        answer = spreadsheet_response(sheet, file_format, by=_somebody(), now=NOW)
        size = sum(len(piece) for piece in answer.streaming_content)
        found |= {
            f"{file_format}_seconds": round(time.perf_counter() - begun, 1),
            f"{file_format}_megabytes": round(memory() - before),
            f"{file_format}_file_megabytes": round(size / 1e6, 1),
        }
    return found


def _cells(rows: int) -> Iterator[list]:
    from members.models import Member  # noqa: PLC0415

    members = list(Member.objects.select_related("contact")[:1_000])
    for number in range(rows):
        member = members[number % len(members)]
        text = [member.name, member.contact.email, member.affiliation, "=1+1", "+49 30"]
        yield [number, *text, member.joined_at, NOW.date(), True, None, "x" * 60, "y" * 30]


def _somebody():
    from accounts.models import User  # noqa: PLC0415

    return User.objects.get_or_create(email="bench@example.org")[0]


def memory() -> float:
    """Return the most memory that this process has had, in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> int:
    """Measure and print; the exit code says whether every goal was reached."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=10_000)
    parser.add_argument("--exported", type=int, default=50_000)
    parser.add_argument("--engine", choices=["postgres", "sqlite"], default="postgres")
    parser.add_argument("--here", action="store_true", help="use the environment’s database")
    given = parser.parse_args()
    if given.here:
        django.setup()
        print(json.dumps(imported(given.rows) | exported(given.exported)))
        return 0
    arguments = ("--here", f"--rows={given.rows}", f"--exported={given.exported}")
    with (
        tempfile.TemporaryDirectory() as folder,
        ListWorkshop(Path(folder), sqlite=given.engine == "sqlite") as shop,
    ):
        printed = shop.python("lists", "-m", "benchmarks.lists", *arguments)
    found = json.loads(printed.splitlines()[-1])
    reached = (
        found["import_seconds"] < SECONDS
        and found["as_foretold"]
        and max(found[f"{name}_megabytes"] for name in ("import", "csv", "xlsx")) < MEGABYTES
    )
    print(json.dumps({"engine": given.engine, **found, "reached": reached}))
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
