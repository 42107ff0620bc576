"""The backend through which every mail goes, also those that Django, allauth and Wagtail write."""

import uuid
from collections.abc import Iterable, Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import BadHeaderError

from .message import LONGEST_SUBJECT
from .models import Delivery
from .outbox import send_after_commit
from .sending import ACCOUNT


class DeliveryBackend(BaseEmailBackend):
    """Turn each recipient of each message into a row, to be sent after the commit."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write the rows and return how many messages had a recipient."""
        deliveries = [row for message in email_messages for row in rows_for(message)]
        Delivery.objects.bulk_create(deliveries)
        send_after_commit(row.pk for row in deliveries)
        return sum(1 for message in email_messages if message.recipients())


def rows_for(message: EmailMessage) -> Iterable[Delivery]:
    """Return an unsaved row for each recipient.

    A line break in a header is refused as Django refuses it. Files are refused too: a row holds
    words, and a file that silently stayed behind would be worse than an error.
    """
    if message.attachments:
        raise ValueError("A delivery carries words, no attachments; send a link instead.")
    addresses = [*message.recipients(), message.from_email or "", *message.reply_to]
    if any("\n" in words or "\r" in words for words in (str(message.subject), *addresses)):
        raise BadHeaderError("A header must not contain line breaks.")
    for address in message.recipients():
        yield Delivery(
            key=f"{ACCOUNT}:{uuid.uuid4()}",
            purpose=ACCOUNT,
            recipient=parseaddr(address)[1] or address,
            subject=str(message.subject)[:LONGEST_SUBJECT],
            body=message.body,
            html=html_of(message),
            sender=message.from_email or "",
            reply_to=", ".join(message.reply_to)[:255],
        )


def html_of(message: EmailMessage) -> str:
    """Return the HTML version of a message, if it has one."""
    return next(
        (
            content
            for content, mimetype in getattr(message, "alternatives", [])
            if mimetype == "text/html"
        ),
        "",
    )
