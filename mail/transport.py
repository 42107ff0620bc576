"""The last step: one connection to the mail server, mail after mail, and what went wrong."""

import enum
import smtplib
import socket
from email.utils import formataddr, parseaddr
from types import TracebackType
from typing import Self

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection

from . import rules
from .message import Calendar, Message
from .models import Delivery

LAST_REPLY = 421  # “service not available, closing”, whatever was asked: RFC 5321, section 3.8
FOR_GOOD = range(500, 600)


class Unreachable(Exception):
    """The mail server cannot be talked to: no mail is to blame, and none has left."""


class Fault(enum.Enum):
    """What an error that came up while a mail was sent says of that mail."""

    NOT_ITS_OWN = enum.auto()  # the server’s, or ours; the mail has not left
    PERHAPS_SENT = enum.auto()  # the connection broke off
    FOR_NOW = enum.auto()
    FOR_GOOD = enum.auto()


class Transport:
    """A connection that is made when it is first needed and closed at the end of the block."""

    def __init__(self) -> None:
        self._connection = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._connection is not None:
            self._connection.close()

    def open(self) -> None:
        """Connect unless connected; raises ``Unreachable``."""
        if self._connection is not None:
            return
        connection = get_connection(settings.MAIL_TRANSPORT)
        try:
            connection.open()
        except OSError as error:  # that of SMTP is one, too
            raise Unreachable(f"{type(error).__name__}: {error}") from error
        self._connection = connection

    def send(self, delivery: Delivery, message: Message) -> None:
        """Hand one mail to the mail server."""
        self.open()
        self._connection.send_messages([as_mail(delivery, message)])


def as_mail(delivery: Delivery, message: Message) -> EmailMultiAlternatives:
    """Return a mail to one address. All copies of it, should there be two, share their id."""
    domain = parseaddr(settings.DEFAULT_FROM_EMAIL)[1].rpartition("@")[2] or "localhost"
    headers = {"Message-ID": f"<{delivery.pk}@{domain}>", "Auto-Submitted": "auto-generated"}
    if message.unsubscribe:
        headers["List-Unsubscribe"] = f"<{message.unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    mail = EmailMultiAlternatives(
        subject=message.subject,
        body=message.body,
        from_email=sender(message.sender or settings.DEFAULT_FROM_EMAIL),
        to=[message.recipient],
        reply_to=[message.reply_to] if message.reply_to else None,
        headers=headers,
    )
    if message.html:
        mail.attach_alternative(message.html, "text/html")
    if message.calendar:
        attach_calendar(mail, message.calendar)
    return mail


def attach_calendar(mail: EmailMultiAlternatives, calendar: Calendar) -> None:
    """Add a calendar file twice: as a version of the text, which calendars act on, and as a file.

    Both name the method, without which mail programs show a file and nothing else.
    """
    kind = f"text/calendar; method={calendar.method}"
    mail.attach_alternative(calendar.text, kind)
    mail.attach("invite.ics", calendar.text, kind)


def sender(written: str) -> str:
    """Return a sender whose name cannot be mistaken for another address (R23)."""
    name, address = parseaddr(written)
    return formataddr((rules.display_name(name), address)) if name and address else written


def fault_of(error: Exception) -> Fault:
    """Say what an error means for the mail that was being sent."""
    match error:
        case smtplib.SMTPRecipientsRefused():
            codes = [code for code, _words in error.recipients.values()]
            return Fault.FOR_GOOD if all(code in FOR_GOOD for code in codes) else Fault.FOR_NOW
        case smtplib.SMTPResponseException():
            return _fault_of_reply(error)
        case smtplib.SMTPServerDisconnected() | TimeoutError():
            return Fault.PERHAPS_SENT
        case smtplib.SMTPNotSupportedError() | ValueError():
            return Fault.FOR_GOOD  # an address or a header that no mail can carry
        case smtplib.SMTPException():
            return Fault.FOR_NOW
        case Unreachable() | ConnectionRefusedError() | socket.gaierror():
            return Fault.NOT_ITS_OWN
        case OSError():
            return Fault.PERHAPS_SENT
    return Fault.FOR_NOW


def _fault_of_reply(error: smtplib.SMTPResponseException) -> Fault:
    ours = (smtplib.SMTPConnectError, smtplib.SMTPHeloError, smtplib.SMTPAuthenticationError)
    if error.smtp_code == LAST_REPLY or isinstance(error, ours):
        return Fault.NOT_ITS_OWN
    if isinstance(error, smtplib.SMTPDataError) and error.smtp_code in FOR_GOOD:
        return Fault.FOR_GOOD
    return Fault.FOR_NOW
