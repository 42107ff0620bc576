"""Links that stand for a person without a log-in: signed, for one purpose, for some time.

A link shows; only a form that is sent changes something, so a mail scanner that opens every link
does no harm. A link of one purpose opens nothing of another (R19).
"""

import datetime

from django.core import signing
from django.http import HttpResponse

from .models import Contact

CONFIRM = "confirm"
PREFERENCES = "preferences"
UNSUBSCRIBE = "unsubscribe"
INVITATION = "invitation"
AGES = {
    CONFIRM: datetime.timedelta(hours=48),
    PREFERENCES: datetime.timedelta(days=365),
    UNSUBSCRIBE: datetime.timedelta(days=365),
    INVITATION: datetime.timedelta(days=90),
}
LONGEST_TOKEN = 2_000


class LinkBroken(Exception):
    """The link is not one of ours, or was taken back."""


class LinkExpired(LinkBroken):
    """The link was ours and is too old."""


def make(purpose: str, contact: Contact, **data) -> str:
    """Return the token of a link with which this contact does one thing."""
    return signing.dumps(
        {"c": str(contact.public_id), "v": contact.token_version, **({"d": data} if data else {})},
        salt=_salt(purpose),
        compress=True,
    )


def read(purpose: str, token: str) -> tuple[Contact, dict]:
    """Return whose link it is and what else it says.

    Raises ``LinkExpired`` for one that is too old, ``LinkBroken`` for any other that does not hold.
    """
    if len(token) > LONGEST_TOKEN:
        raise LinkBroken
    try:
        said = signing.loads(token, salt=_salt(purpose), max_age=AGES[purpose])
    except signing.SignatureExpired as error:
        raise LinkExpired from error
    except signing.BadSignature as error:
        raise LinkBroken from error
    contact = Contact.objects.filter(public_id=said["c"], token_version=said["v"]).first()
    if contact is None:
        raise LinkBroken
    return contact, said.get("d", {})


def unlisted(response: HttpResponse) -> HttpResponse:
    """Keep the address of a page, which is a key, out of referrers and search engines."""
    # Not “no-referrer”: browsers then send forms of the page from nowhere, and they are refused.
    response.headers["Referrer-Policy"] = "same-origin"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _salt(purpose: str) -> str:
    if purpose not in AGES:
        raise ValueError(f"No links are made for “{purpose}”.")
    return f"mail.links.{purpose}"
