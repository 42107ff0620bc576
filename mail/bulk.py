"""Planning the same kind of mail for very many people, in one statement for each page of them.

The rows go to the database as one JSON value and become deliveries there: no object, no query and
no parameter for each mail. Both PostgreSQL and SQLite count what they inserted, so nobody has to
ask afterwards.
"""

import datetime
import json
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db import connection, models
from django.utils import timezone

from .models import Contact, Delivery, Lane


@dataclass(frozen=True)
class Letter:
    """One mail of many; ``payload`` holds the ids from which it is written when it is sent."""

    key: str
    contact_id: int
    payload: Mapping[str, object]
    due_at: datetime.datetime


@dataclass(frozen=True)
class Mailing:
    """What all of them share."""

    purpose: str
    lane: Lane
    not_after: datetime.datetime | None = None


def plan_bulk(letters: Sequence[Letter], mailing: Mailing) -> int:
    """Plan these mails and return how many are new: a key that was planned before is left (R7).

    One statement, whatever the number. Contacts that are gone meanwhile get nothing.
    """
    if not letters:
        return 0
    shared = _shared(mailing)
    sql = _SQL[connection.vendor].format(
        table=_quoted(Delivery._meta.db_table),
        contacts=_quoted(Contact._meta.db_table),
        columns=", ".join(map(_quoted, shared)),
        values=", ".join(["%s"] * len(shared)),
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*shared.values(), json.dumps([_row(letter) for letter in letters])])
        return cursor.rowcount


def pages(rows: models.QuerySet, *fields: str, size: int) -> Iterator[list[tuple]]:
    """Yield the id and these fields of the rows, so many at a time.

    Each page begins behind the last row of the one before, so nobody is passed over when rows come
    and go, and a long list costs no more memory than a short one.
    """
    ordered, last = rows.order_by("pk").values_list("pk", *fields), 0
    while page := list(ordered.filter(pk__gt=last)[:size]):
        yield page
        last = page[-1][0]


# Two planners insert their rows in the same order, so that neither waits for the other in a circle.
_POSTGRESQL = """
    INSERT INTO {table} (id, key, contact_id, recipient, payload, due_at, {columns})
    SELECT one.id, one.key, contact.id, contact.email, one.payload, one.due_at, {values}
    FROM jsonb_to_recordset(%s::jsonb)
        AS one(id uuid, key text, contact bigint, payload jsonb, due_at timestamptz)
    JOIN {contacts} contact ON contact.id = one.contact
    ORDER BY contact.id
    ON CONFLICT (key) DO NOTHING
"""
_SQLITE = """
    INSERT INTO {table} (id, key, contact_id, recipient, payload, due_at, {columns})
    SELECT value ->> 'id', value ->> 'key', contact.id, contact.email, value -> 'payload',
        value ->> 'due_at', {values}
    FROM json_each(%s) JOIN {contacts} contact ON contact.id = value ->> 'contact'
    WHERE true
    ORDER BY contact.id
    ON CONFLICT (key) DO NOTHING
"""
_SQL = {"postgresql": _POSTGRESQL, "sqlite": _SQLITE}
OWN = frozenset({"id", "key", "contact", "recipient", "payload", "due_at"})


def _shared(mailing: Mailing) -> dict[str, object]:
    """Return the columns that are the same in all rows, as the database takes them."""
    pattern = Delivery(
        purpose=mailing.purpose,
        lane=mailing.lane,
        not_after=mailing.not_after,
        created_at=timezone.now(),
    )
    return {
        field.column: _prepared(field, getattr(pattern, field.attname))
        for field in Delivery._meta.concrete_fields
        if field.name not in OWN
    }


def _prepared(field: models.Field, value: object) -> object:
    return field.get_db_prep_value(value, connection)


def _row(letter: Letter) -> dict[str, object]:
    due_at = connection.ops.adapt_datetimefield_value(letter.due_at)
    return {
        "id": uuid.uuid4().hex,
        "key": letter.key,
        "contact": letter.contact_id,
        "payload": letter.payload,
        "due_at": str(due_at),
    }


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)
