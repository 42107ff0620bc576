"""Kill the mailer again and again while it works, and count what got lost and what came twice.

    .venv/bin/python -m benchmarks.mailer [--mails 4000] [--every 0.4]

A real PostgreSQL, real processes, SIGKILL. One mail in five is an update, the others are
reminders. Prints, as its last line, one JSON object. With ``--here`` the database of the
environment is used as it is, which is how the tests do the same at a smaller size.
"""

import argparse
import datetime
import json
import multiprocessing
import os
import sys
import tempfile
import threading
import time
from collections import Counter
from pathlib import Path

import django
from django.db import connections
from django.utils import timezone

from .bench_sites import Workshop
from .mail_sink import SINK

PURPOSE = "bench"
ONE_UPDATE_IN = 5
LONGEST_START = 60  # seconds until a mailer’s first mail, on a busy machine
LATER = datetime.timedelta(hours=1)  # when all leases are over
MOST = 1_000_000


class MailWorkshop(Workshop):
    """A database without content."""

    def __enter__(self) -> "MailWorkshop":
        self._say("an empty database")
        self.new_database("mailer")
        self.manage("mailer", "migrate", "-v0")
        return self


def storm(mails: int, every: float) -> dict:
    """Plan mails, kill each mailer so many seconds after its first one, and say what came of it."""
    from mail import claims, mailer  # noqa: PLC0415 - Django has to be set up first

    plan(mails)
    begun, kills = time.perf_counter(), 0
    while waiting():
        kills += start_and_kill(every)
    later = timezone.now() + LATER
    claims.recover(later)
    mailer.empty(clock=lambda: later, most=MOST)
    return count() | {"kills": kills, "seconds": round(time.perf_counter() - begun, 1)}


def plan(mails: int) -> None:
    """Plan the mails, and let this process and its children write them."""
    from mail import contacts, outbox, writers  # noqa: PLC0415
    from mail.message import Message  # noqa: PLC0415
    from mail.models import Lane  # noqa: PLC0415

    now = timezone.now()
    reader = contacts.contact_for("reader@example.org", now=now)
    contacts.confirm(reader, now)
    writers.register(
        PURPOSE,
        write=lambda row: Message(row.key, PURPOSE, row.recipient, "Subject", "Text"),
        may_send=lambda row, now: "",
    )
    outbox.plan_many(
        outbox.Planned(
            key=f"bench:{number}",
            purpose=PURPOSE,
            lane=Lane.REMINDER if number % ONE_UPDATE_IN else Lane.BULK,
            contact=reader,
            payload={},
            due_at=now,
        )
        for number in range(mails)
    )


def waiting() -> bool:
    """Return whether any mail is still to be taken."""
    from mail.models import Delivery, DeliveryState  # noqa: PLC0415

    return Delivery.objects.filter(purpose=PURPOSE, state=DeliveryState.QUEUED).exists()


def start_and_kill(every: float) -> int:
    """Let a mailer work for so long, then kill it; return 1 if there was work left for it."""
    before = len(sunk())
    connections.close_all()  # a child must not share them
    process = multiprocessing.get_context("fork").Process(target=work)
    process.start()
    patience = time.monotonic() + LONGEST_START
    while len(sunk()) == before and time.monotonic() < patience:
        time.sleep(0.01)
    time.sleep(every)
    process.kill()
    process.join()
    return 1 if len(sunk()) > before else 0


def work() -> None:
    """Be a mailer until killed."""
    from mail import mailer  # noqa: PLC0415

    mailer.run(threading.Event())


def sunk() -> list[str]:
    """Return the ids of the mails that have left, in order."""
    path = Path(os.environ[SINK])
    return path.read_text().split() if path.exists() else []


def count() -> dict:
    """Compare what left with what was planned."""
    from mail.models import Delivery, DeliveryState, Lane  # noqa: PLC0415

    rows = Delivery.objects.filter(purpose=PURPOSE).values_list("pk", "state", "lane")
    copies = Counter(line.strip("<>").partition("@")[0] for line in sunk())
    states = Counter(state for _pk, state, _lane in rows)
    return {
        "mails": len(rows),
        "sent": states[DeliveryState.SENT],
        "unknown": states[DeliveryState.UNKNOWN],
        "lost": sum(
            1 for pk, state, _ in rows if state != DeliveryState.UNKNOWN and not copies[str(pk)]
        ),
        "duplicates": copies.total() - len(copies),
        "duplicate_updates": sum(
            copies[str(pk)] - 1 for pk, _, lane in rows if lane == Lane.BULK and copies[str(pk)]
        ),
    }


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=4_000)
    parser.add_argument("--every", type=float, default=0.4, help="seconds between kills (0.4)")
    parser.add_argument("--here", action="store_true", help="use the environment’s database")
    options = parser.parse_args()
    if options.here:
        django.setup()
        print(json.dumps(storm(options.mails, options.every)))
        return 0
    arguments = ("--here", f"--mails={options.mails}", f"--every={options.every}")
    with tempfile.TemporaryDirectory() as folder, MailWorkshop(Path(folder), sqlite=False) as shop:
        given = {"MAIL_TRANSPORT": "benchmarks.mail_sink.Sink", SINK: f"{folder}/sink"}
        printed = shop.python("mailer", "-m", "benchmarks.mailer", *arguments, **given)
    result = json.loads(printed.splitlines()[-1])
    for name, value in result.items():
        print(f"{name:>18}  {value}")
    reached = not result["lost"] and result["duplicates"] <= result["kills"]
    print("reached" if reached else "NOT REACHED: 0 lost, at most one duplicate a kill")
    print(json.dumps(result))
    return 0 if reached else 1


if __name__ == "__main__":
    sys.exit(main())
