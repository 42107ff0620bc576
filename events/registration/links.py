"""Links that stand for one registration: signed, for one purpose, for as long as it matters.

A link shows; only a form that is sent changes something (R19). A new version of the registration’s
token makes every link that was sent before stop working.
"""

import datetime
import uuid

from django.core import signing

from events.models import Registration
from mail.links import LONGEST_TOKEN, LinkBroken, LinkExpired

from . import doors, rules

CONFIRM, MANAGE = "confirm", "manage"


def make(purpose: str, registration: Registration) -> str:
    """Return the token of a link to one registration."""
    said = f"{registration.public_id.hex}.{registration.token_version}"
    return signing.TimestampSigner(salt=_salt(purpose)).sign(said)


def read(purpose: str, token: str, now: datetime.datetime) -> Registration:
    """Return the registration behind a link, with its event and contact.

    Raises ``LinkExpired`` for one that is too old, ``LinkBroken`` for any other that does not hold.
    """
    if len(token) > LONGEST_TOKEN:
        raise LinkBroken
    signer = signing.TimestampSigner(salt=_salt(purpose))
    age = rules.CONFIRM_WITHIN if purpose == CONFIRM else None
    try:
        public_id, _, version = signer.unsign(token, max_age=age).partition(".")
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except signing.BadSignature as error:
        raise LinkBroken from error
    registration = _found(public_id, version)
    if not rules.is_managed(doors.occasion(registration.event), now):
        raise LinkExpired
    return registration


def _found(public_id: str, version: str) -> Registration:
    rows = Registration.objects.select_related("event__locale", "contact", "form_version")
    found = rows.filter(public_id=uuid.UUID(public_id), token_version=int(version)).first()
    if found is None or found.contact is None:
        raise LinkBroken
    return found


def _salt(purpose: str) -> str:
    return f"events.registration.{purpose}"
