"""Registration for the demo’s events: one with seats, one that is full, one with a seat left.

It runs after everything else has been saved: each registration takes the seats of its event in a
transaction of its own, as on the site.
"""

import datetime
from dataclasses import dataclass, field

from demo.loader import Loader
from events.models import EventAccess, EventPage, EventSeats
from events.registration import actions
from events.registration.actions.setting_up import ask, set_up
from events.registration.people import Who
from events.registration.questions import Kind, Question, usual_questions
from mail import contacts
from taxonomy.models import Country

OPENS_BEFORE = datetime.timedelta(weeks=6)
NAMES = (
    *("Abena", "Bilal", "Chipo", "Dewi", "Emeka", "Farah", "Goran", "Huda", "Ines", "Jamal"),
    *("Kavita", "Lerato"),
)
COUNTRIES = ("GH", "PK", "ZW", "ID", "NG", "EG", "MK", "JO", "PT", "KE", "IN", "ZA")
ROOM = "https://example.org/rooms/{slug}"
TOPICS = Question(
    "topics",
    "What would you like to hear about?",
    kind=Kind.TEXT.value,
    purpose="preparing the meeting",
)


@dataclass(frozen=True)
class Plan:
    """Registration for one event of the outline: its terms, and how many have registered."""

    people: int
    terms: dict = field(default_factory=dict)
    questions: tuple[Question, ...] = ()


PLANS = {
    "e10": Plan(9, {"capacity": 100}, (TOPICS,)),
    "e07": Plan(11, {"capacity": 8}),
    "e08": Plan(4, {"capacity": 5, "mode": EventSeats.Mode.AUTO}),
    "e17": Plan(11, {"capacity": 12}),
    "e19": Plan(4, {"capacity": 60}),
    "e20": Plan(0, {"capacity": 60}),
    "e14": Plan(3, {"capacity": 40, "approval": True}),
}


def write(loader: Loader) -> None:
    """Open registration where the outline says so, and let some people in; again, nothing."""
    for item in loader.outline["events"]:
        page = loader.pages[item["id"]]
        if item.get("registration") and not EventSeats.objects.filter(event=page.pk).exists():
            _open(page, item, loader.now)


def _open(page: EventPage, item: dict, now: datetime.datetime) -> None:
    plan = PLANS.get(item["id"], Plan(0))
    terms = dict(plan.terms)
    if item["registration"] == "not_open_yet":
        terms["opens_at"] = page.starts_at - OPENS_BEFORE
    set_up(page, terms, now)
    ask(page, [*plan.questions, *usual_questions()], now)
    EventAccess.objects.create(event=page, join_url=ROOM.format(slug=page.slug))
    for number in range(plan.people):
        asked = actions.register(page.pk, _somebody(number, now), actions.Asked(), now)
        actions.confirm_hold(asked.registration, now)


def _somebody(number: int, now: datetime.datetime) -> Who:
    name = f"{NAMES[number]} Sample"
    contact = contacts.contact_for(f"{NAMES[number].lower()}@example.org", now=now, name=name)
    country = Country.objects.filter(code=COUNTRIES[number]).first()
    return Who(contact, name, "City of Example", country)
