"""Mail servers in every bad mood, as Django’s backends show them to us."""

import smtplib

from django.core import mail
from django.core.mail.backends.locmem import EmailBackend


class Down(EmailBackend):
    """Nobody answers."""

    def open(self):
        raise ConnectionRefusedError("no mail today")


class Picky(EmailBackend):
    """Answers to the first part of each address: its number, or what it is told to raise."""

    ERRORS = {
        "unknown": lambda to: smtplib.SMTPRecipientsRefused({to: (550, b"no such user")}),
        "greylisted": lambda to: smtplib.SMTPRecipientsRefused({to: (450, b"come back later")}),
        "spam": lambda to: smtplib.SMTPDataError(554, b"rejected"),
        "sender": lambda to: smtplib.SMTPSenderRefused(553, b"not you", "info@example.org"),
        "closing": lambda to: smtplib.SMTPDataError(421, b"going down"),
        "broken": lambda to: smtplib.SMTPServerDisconnected("gone"),
        "slow": lambda to: TimeoutError("timed out"),
        "bug": lambda to: RuntimeError("a bug of the backend"),
        "login": lambda to: smtplib.SMTPAuthenticationError(535, b"wrong password"),
    }

    def send_messages(self, messages):
        for message in messages:
            name = message.to[0].partition("@")[0]
            if make := self.ERRORS.get(name):
                raise make(message.to[0])
        return super().send_messages(messages)


def sent_to() -> list[str]:
    """Return who got mail, in order."""
    return [message.to[0].partition("@")[0] for message in mail.outbox]
