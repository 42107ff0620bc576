"""What the tests of updates share: who follows what, and what was published when."""

import datetime

from mail import subscriptions
from mail.models import Contact, Delivery
from members.models import Item, UpdatesStart
from pages.models import SitePage
from tests.factories.content import make_post
from tests.factories.members import make_member

# A Thursday.
NOW = datetime.datetime(2026, 11, 19, 12, 0, tzinfo=datetime.UTC)
LONG_AGO = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
FINANCE, AFRICA, ASIA = "theme:subnational-finance", "region:africa", "region:asia"


def start(at: datetime.datetime = LONG_AGO) -> None:
    """Let updates be sent since then."""
    UpdatesStart.objects.update_or_create(pk=1, defaults={"at": at})


def follow(
    wishes: dict[str, str],
    *,
    name: str = "amina",
    zone: str = "UTC",
    language: str = "en",
    at: datetime.datetime = LONG_AGO,
) -> Contact:
    """Return a member’s contact that follows these topics this often."""
    member = make_member(f"{name}@example.org", name.title())
    contact = member.contact
    contact.time_zone, contact.language = zone, language
    contact.save()
    change(contact, wishes, at=at)
    return contact


def change(contact: Contact, wishes: dict[str, str], *, at: datetime.datetime = NOW) -> None:
    """Let a contact change their mind."""
    keys = {tuple(topic.split(":")): cadence for topic, cadence in wishes.items()}
    subscriptions.set_wishes(contact, keys, source="test", now=at)


def published(title: str, at: datetime.datetime, **fields) -> SitePage:
    """Return a post that went live at this moment, about finance unless told otherwise."""
    about = (
        {}
        if {"themes", "regions", "countries"} & fields.keys()
        else {"themes": ["subnational-finance"]}
    )
    return make_post(title, first_published_at=at, last_published_at=at, **about, **fields)


def planned(contact: Contact, purpose: str = "digest") -> list[list[str]]:
    """Return the titles in each mail that was planned for somebody, the oldest mail first."""
    rows = Delivery.objects.filter(contact=contact, purpose=purpose).order_by("due_at", "key")
    return [[Item.objects.get(pk=item).page.title for item in row.payload["items"]] for row in rows]
