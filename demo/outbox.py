"""The mails that the demo has sent: read from the files into which Django’s backend put them."""

import email
import email.policy
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

from django.conf import settings
from django.http import Http404

END_OF_MAIL = b"\n" + b"-" * 79 + b"\n"  # what the file backend writes behind each mail


@dataclass(frozen=True)
class SentMail:
    """One mail, as it would have reached its reader."""

    number: str
    sent_at: datetime
    message: EmailMessage

    @property
    def subject(self) -> str:
        return self.message["Subject"] or ""

    @property
    def recipient(self) -> str:
        return self.message["To"] or ""

    @property
    def sender(self) -> str:
        return self.message["From"] or ""

    @property
    def unsubscribe(self) -> str:
        """The address of the one-click button that mail programs show."""
        return (self.message["List-Unsubscribe"] or "").strip("<> ")

    @property
    def text(self) -> str:
        return _content(self.message, "plain")

    @property
    def html(self) -> str:
        return _content(self.message, "html")


def sent_mails() -> list[SentMail]:
    """Return every mail there is, the newest first. Nothing where mails go to a real server."""
    folder = folder_of_mails()
    files = folder.glob("*.log") if folder and folder.exists() else []
    mails = [mail for path in files for mail in _read(path)]
    return sorted(mails, key=lambda mail: (mail.sent_at, mail.number), reverse=True)


def sent_mail(number: str) -> SentMail:
    """Return one mail; 404 for one that there is not."""
    for mail in sent_mails():
        if mail.number == number:
            return mail
    raise Http404


def folder_of_mails() -> Path | None:
    """Return where the file backend puts mails, if that is the one in use."""
    if not settings.MAIL_TRANSPORT.endswith("filebased.EmailBackend"):
        return None
    return Path(settings.EMAIL_FILE_PATH) if settings.EMAIL_FILE_PATH else None


def _read(path: Path) -> list[SentMail]:
    parts = [part for part in path.read_bytes().split(END_OF_MAIL) if part.strip()]
    messages = [email.message_from_bytes(part, policy=email.policy.default) for part in parts]
    return [
        SentMail(f"{path.stem}-{place}", parsedate_to_datetime(message["Date"]), message)
        for place, message in enumerate(messages)
        if message["Date"]
    ]


def _content(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    return part.get_content() if part is not None else ""
