"""Who was at one of the demo’s webinars: registered before it, ticked off at it."""

import datetime
from typing import NamedTuple

from accounts.models import User
from demo.accounts import MEMBER
from demo.loader import Loader
from events.attendance import actions as marks
from events.attendance.actions import Mark, Newcomer
from events.models import EventPage, EventSeats, Registration
from events.registration import actions
from events.registration.actions.setting_up import set_up
from events.registration.people import Who
from mail import contacts
from mail.models import Delivery
from members.attending import who
from taxonomy.models import Country

MEETING, CO_CHAIR = "e04", "aziz@example.org"
REGISTERED_BEFORE = datetime.timedelta(days=7)
MINUTES_LATER = datetime.timedelta(minutes=20)


class Person(NamedTuple):
    """Somebody who registered; 0 minutes for those who did not come."""

    name: str
    country: str
    organisation: str
    minutes: int


PEOPLE = (
    Person("Abena", "GH", "Municipality of Example", 74),
    Person("Bilal", "PK", "Institute of Sample Studies", 75),
    Person("Chipo", "ZW", "Municipality of Example", 74),
    Person("Dewi", "ID", "", 0),
    Person("Emeka", "NG", "Municipality of Example", 75),
    Person("Farah", "EG", "Institute of Sample Studies", 41),
    Person("Huda", "JO", "", 75),
    Person("Jamal", "KE", "County of Example", 75),
    Person("Lerato", "ZA", "Association of Sample Towns", 0),
    Person("Kwame", "GH", "Association of Sample Towns", 66),
    Person("Wanjiru", "KE", "County of Example", 75),
    Person("Otieno", "KE", "County of Example", 52),
    Person("Nia", "KE", "", 75),
    Person("Tendai", "ZW", "", 0),
)
WALK_IN = Newcomer("Zola Sample", minutes=35)


def write(loader: Loader) -> None:
    """Let people register for the webinar, come or stay away; again, nothing."""
    page = loader.pages[MEETING]
    if EventSeats.objects.filter(event=page.pk).exists():
        return
    before, during = page.starts_at - REGISTERED_BEFORE, page.starts_at + MINUTES_LATER
    set_up(page, {"capacity": 60}, before)
    there = [_mark(page, person, before) for person in PEOPLE]
    there += [_member_mark(page, before)]
    co_chair = User.objects.get(email=CO_CHAIR)
    marks.set_attendance(page, there, co_chair, during)
    marks.add_walk_in(page, WALK_IN, co_chair, during)
    # What was written to them at that time lies in no outbox any more.
    theirs = Registration.objects.filter(event=page).values("contact")
    Delivery.objects.filter(contact__in=theirs, due_at=before).delete()


def _mark(page: EventPage, person: Person, at: datetime.datetime) -> Mark:
    name = f"{person.name} Sample"
    contact = contacts.contact_for(f"{person.name.lower()}@example.org", now=at, name=name)
    country = Country.objects.filter(code=person.country).first()
    asked = actions.register(
        page.pk, Who(contact, name, person.organisation, country), actions.Asked(), at
    )
    actions.confirm_hold(asked.registration, at)
    minutes = person.minutes
    return Mark(asked.registration.pk, attended=bool(minutes), minutes=minutes or None)


def _member_mark(page: EventPage, at: datetime.datetime) -> Mark:
    """Register a member, who finds the certificate on the own page."""
    member = who(User.objects.get(email=MEMBER.email))
    asked = actions.register(page.pk, member, actions.Asked(), at)
    return Mark(asked.registration.pk, attended=True, minutes=90)
