"""Who follows what, and what they agreed to."""

import datetime
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db import transaction

from .models import Cadence, Consent, Contact, Subscription, Topic

UPDATES = "updates"  # the purpose to which somebody consents who follows a topic
TopicKey = tuple[str, str]


def topic(kind: str, slug: str) -> Topic:
    """Return the topic of a group, region, theme or sector; the first to ask makes it."""
    return Topic.objects.get_or_create(kind=kind, slug=slug)[0]


def wishes(contact: Contact) -> dict[Topic, Cadence]:
    """Return how often a contact wants to hear of each topic that they ever chose."""
    rows = contact.subscriptions.select_related("topic").order_by("topic__kind", "topic__slug")
    return {row.topic: Cadence(row.cadence) for row in rows}


@transaction.atomic
def set_wishes(
    contact: Contact,
    chosen: Mapping[TopicKey, Cadence | str],
    *,
    source: str,
    now: datetime.datetime,
) -> int:
    """Write down these wishes, leave all others as they are; return how many have changed."""
    topics = _topics(chosen)
    before = {
        row.topic_id: row
        for row in Subscription.objects.filter(contact=contact, topic__in=topics.values())
    }
    changed = [
        Subscription(
            contact=contact,
            topic=topics[key],
            cadence=Cadence(cadence),
            source=source,
            changed_at=now,
        )
        for key, cadence in chosen.items()
        if _differs(before.get(topics[key].pk), Cadence(cadence))
    ]
    Subscription.objects.bulk_create(
        changed,
        update_conflicts=True,
        unique_fields=["contact", "topic"],
        update_fields=["cadence", "source", "changed_at"],
    )
    return len(changed)


def unsubscribe(
    contact: Contact, from_what: Topic | Cadence | None, *, source: str, now: datetime.datetime
) -> int:
    """Turn off one topic, all that come this often, or all; return how many were on.

    Once more changes nothing.
    """
    rows = contact.subscriptions.exclude(cadence=Cadence.OFF)
    if isinstance(from_what, Cadence):
        rows = rows.filter(cadence=from_what)
    elif from_what is not None:
        rows = rows.filter(topic=from_what)
    return rows.update(cadence=Cadence.OFF, source=source, changed_at=now)


@dataclass(frozen=True)
class Decision:
    """What somebody agreed to or took back: for which purpose, in which words, where."""

    purpose: str
    granted: bool
    text_version: str
    source: str


def record_consent(contact: Contact, decision: Decision, now: datetime.datetime) -> Consent:
    """Add a decision to the log of consents."""
    return Consent.objects.create(contact=contact, at=now, **asdict(decision))


def has_consented(contact: Contact, purpose: str) -> bool:
    """Return the last decision for a purpose; none is a no."""
    last = contact.consents.filter(purpose=purpose).order_by("-at", "-pk").first()
    return last is not None and last.granted


def _topics(chosen: Mapping[TopicKey, object]) -> dict[TopicKey, Topic]:
    """Return the topics by kind and slug in two queries, the missing ones made."""
    kinds = {kind for kind, _slug in chosen}
    slugs = {slug for _kind, slug in chosen}
    known = {
        (row.kind, row.slug): row for row in Topic.objects.filter(kind__in=kinds, slug__in=slugs)
    }
    return {key: known.get(key) or topic(*key) for key in chosen}


def _differs(row: Subscription | None, cadence: Cadence) -> bool:
    return cadence != (row.cadence if row else Cadence.OFF)
