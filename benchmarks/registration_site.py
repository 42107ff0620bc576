"""What happens inside the site that `benchmarks.registration` measures; run in its environment."""

import datetime
import json
import random
import sys
import threading
import time
import uuid
from collections import Counter

import django
from django.db import connection
from django.utils import timezone

DAY = datetime.timedelta(days=1)
WORKERS = 8
SAMPLE_EVERY = 0.05


def prepare(people: int, seats: int) -> dict:
    """Make an event and members who are logged in; return its number and their sessions."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    from events.models import EventSeats  # noqa: PLC0415

    event = _event()
    EventSeats.objects.create(event=event, meeting=event.translation_key, capacity=seats)
    sessions = []
    for number in range(people):
        user = _member(number).user
        session = SessionStore()
        session[SESSION_KEY] = str(user.pk)
        session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
        session[HASH_SESSION_KEY] = user.get_session_auth_hash()
        session.create()
        sessions.append(session.session_key)
    return {"event": event.pk, "sessions": sessions}


def count(event_id: int) -> dict:
    """Return what the database holds after the rush."""
    from events.models import Registration  # noqa: PLC0415

    rows = Registration.objects.filter(event=event_id).order_by("pk")
    line = list(rows.filter(state="waiting").values_list("queue_no", flat=True))
    states = Counter(rows.values_list("state", flat=True))
    return {
        "seated": states["confirmed"],
        "waiting": states["waiting"],
        "numbers_unique": len(set(line)) == len(line),
        "numbers_in_order": line == sorted(line),
        "faults": faults(event_id),
    }


def backends() -> list[int]:
    """Return the processes of the database that serve others here; SQLite has none."""
    if connection.vendor == "sqlite":
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )
        return [pid for (pid,) in cursor.fetchall()]


def faults(event_id: int) -> list[str]:
    """Return which invariants do not hold at this commit; one query sees one moment."""
    from django.db.models import Count, OuterRef, Subquery  # noqa: PLC0415
    from django.db.models.functions import Coalesce  # noqa: PLC0415

    from events.models import EventSeats, Registration  # noqa: PLC0415
    from events.registration.rules import SEATED  # noqa: PLC0415

    def number(**which):
        rows = Registration.objects.filter(event=OuterRef("event"), **which).order_by()
        counted = rows.values("event").annotate(number=Count("pk")).values("number")
        return Coalesce(Subquery(counted), 0)

    seats = EventSeats.objects.annotate(
        rows_seated=number(state__in=[state.value for state in SEATED]),
        rows_waiting=number(state="waiting"),
    ).get(event=event_id)
    limited = seats.capacity is not None
    broken = {
        "more seats than there are": limited
        and seats.rows_seated > seats.capacity + seats.overbook,
        "seats counted wrongly": seats.seats_held != seats.rows_seated,
        "queue counted wrongly": seats.waiting != seats.rows_waiting,
        "somebody waits before a free seat": bool(seats.rows_waiting)
        and (not limited or seats.rows_seated < seats.capacity),
    }
    return [fault for fault, is_so in broken.items() if is_so]


def mix(seconds: float, people: int, seats: int) -> dict:
    """Let people do everything at once for so long, and look at the invariants all the time."""
    from events.models import EventSeats  # noqa: PLC0415

    event = _event()
    EventSeats.objects.create(event=event, meeting=event.translation_key, capacity=seats)
    storm = Storm(event.pk, [_who(number) for number in range(people)], time.monotonic() + seconds)
    threads = [threading.Thread(target=storm.run, args=(seed,)) for seed in range(WORKERS)]
    threads.append(threading.Thread(target=storm.sample))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "seconds": seconds,
        "steps": storm.steps.total(),
        **dict(storm.steps),
        "samples": storm.samples,
        "faults": sorted(storm.faults) + faults(event.pk) + replayed(event.pk),
        "errors": sorted(storm.errors),
    }


def replayed(event_id: int) -> list[str]:
    """Return which rules the whole story of an event breaks, change by change, in their order.

    The number that a change gets is given under the lock, so it says which came first.
    """
    from events.models import RegistrationEvent  # noqa: PLC0415
    from events.registration.rules import ACTIVE  # noqa: PLC0415

    line: list[int] = []
    active: dict[int, int] = {}
    broken: set[str] = set()
    log = RegistrationEvent.objects.filter(registration__event=event_id).order_by("pk")
    names = ("registration", "registration__contact", "before", "after")
    for row, contact, before, after in log.values_list(*names).iterator():
        if before == "waiting":
            if after in {"confirmed", "offered"} and line[0] != row:
                broken.add("somebody passed the queue")
            line.remove(row)
        if after == "waiting":
            line.append(row)
        if after in ACTIVE:
            if active.setdefault(contact, row) != row:
                broken.add("two registrations of one address")
        else:
            active.pop(contact, None)
    return sorted(broken)


class Storm:
    """Everything that people and organisers do, at once in many threads; and hours that pass."""

    def __init__(self, event_id: int, everybody: list, until: float):
        self.event_id, self.everybody, self.until = event_id, everybody, until
        self.clock = timezone.now()
        self.steps: Counter[str] = Counter()
        self.samples = 0
        self.faults: set[str] = set()
        self.errors: set[str] = set()

    def run(self, seed: int) -> None:
        dice = random.Random(seed)  # noqa: S311
        names = ["register"] * 5 + ["cancel"] * 2
        names += ["repeat", "confirm", "answer", "capacity", "expire"]
        while time.monotonic() < self.until:
            name = dice.choice(names)
            try:
                getattr(self, name)(dice)
                self.steps[name] += 1
            except Exception as error:  # noqa: BLE001 - whatever goes wrong is what is counted
                self.errors.add(f"{name}: {type(error).__name__}: {error}"[:200])
        connection.close()

    def sample(self) -> None:
        while time.monotonic() < self.until:
            self.faults.update(faults(self.event_id))
            self.samples += 1
            time.sleep(SAMPLE_EVERY)
        connection.close()

    def register(self, dice: random.Random) -> None:
        from events.registration import actions  # noqa: PLC0415

        who = dice.choice(self.everybody)
        actions.register(self.event_id, who, actions.Asked(), self.clock)

    def repeat(self, dice: random.Random) -> None:
        from events.registration import actions  # noqa: PLC0415

        who, asked = dice.choice(self.everybody), actions.Asked(key=uuid.uuid4())
        for _ in range(2):
            actions.register(self.event_id, who, asked, self.clock)

    def confirm(self, dice: random.Random) -> None:
        from events.registration import actions  # noqa: PLC0415

        if row := self._someone(dice, "held", "unconfirmed"):
            actions.confirm_hold(row, self.clock)

    def cancel(self, dice: random.Random) -> None:
        from events.registration import actions  # noqa: PLC0415

        if row := self._someone(dice, "confirmed", "waiting", "held"):
            actions.cancel(row, None, "", self.clock)

    def answer(self, dice: random.Random) -> None:
        from events.registration import actions  # noqa: PLC0415

        if row := self._someone(dice, "offered"):
            dice.choice([actions.accept_offer, actions.decline_offer])(row, self.clock)

    def capacity(self, dice: random.Random) -> None:
        from events.models import EventPage  # noqa: PLC0415
        from events.registration.actions.setting_up import set_up  # noqa: PLC0415

        event = EventPage.objects.defer("body").get(pk=self.event_id)
        terms = {"capacity": dice.choice([20, 40, 60, 80]), "mode": dice.choice(["auto", "offer"])}
        set_up(event, terms, self.clock)

    def expire(self, dice: random.Random) -> None:
        from events.registration import actions  # noqa: PLC0415

        self.clock += datetime.timedelta(minutes=dice.choice([1, 5, 30]))
        actions.expire_due(self.clock)

    def _someone(self, dice: random.Random, *states: str):
        from events.models import Registration  # noqa: PLC0415

        rows = Registration.objects.filter(event=self.event_id, state__in=states)
        pks = list(rows.values_list("pk", flat=True)[:200])
        return Registration.objects.get(pk=dice.choice(pks)) if pks else None


def _event():
    from events.models import EventIndexPage, EventPage  # noqa: PLC0415

    begins = timezone.now() + 400 * DAY
    calendar = EventIndexPage.objects.get(locale__language_code="en")
    page = EventPage(
        title="Rush",
        slug=f"rush-{uuid.uuid4().hex[:8]}",
        starts_on=begins.date(),
        start_time=datetime.time(12),
        end_time=datetime.time(14),
        time_zone="UTC",
    )
    return calendar.add_child(instance=page)


def _member(number: int):
    from accounts.actions import open_account  # noqa: PLC0415
    from mail import contacts  # noqa: PLC0415
    from members.models import Member  # noqa: PLC0415

    now, email = timezone.now(), f"rush{number}@example.org"
    contact = contacts.contact_for(email, now=now, name=f"Rush {number}")
    if known := Member.objects.filter(contact=contact).first():
        return known  # one rush after the other finds the same people
    contacts.confirm(contact, now)
    contact.user = open_account(email, name=f"Rush {number}")
    contact.save(update_fields=["user"])
    return Member.objects.create(
        user=contact.user, contact=contact, name=f"Rush {number}", joined_at=now
    )


def _who(number: int):
    """Return somebody for the mixed load: every other one a guest."""
    from events.registration.people import Who  # noqa: PLC0415
    from mail import contacts  # noqa: PLC0415
    from members.attending import who  # noqa: PLC0415

    if number % 2:
        return who(_member(number).user)
    contact = contacts.contact_for(f"guest{number}@example.org", now=timezone.now())
    return Who(contact, f"Guest {number}")


def main(what: str, *numbers: str) -> None:
    django.setup()
    verbs = {"prepare": prepare, "count": count, "mix": mix, "backends": backends}
    done = verbs[what](*(int(n) for n in numbers))
    print(json.dumps(done))


if __name__ == "__main__":
    main(*sys.argv[1:])
