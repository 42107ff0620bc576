"""A mail as we write it, before it is anybody’s row."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.translation import override

LONGEST_SUBJECT = 200


@dataclass(frozen=True)
class Calendar:
    """A calendar file that a mail carries (RFC 6047): ``method`` is REQUEST or CANCEL."""

    method: str
    text: str


@dataclass(frozen=True)
class Message:
    """One mail to one address.

    ``key`` names purpose, object and recipient: a second message with the same key is not sent.
    ``unsubscribe`` is an address that takes a POST of one click (RFC 8058); whatever was not asked
    for at that moment has one. ``calendar`` puts an event into the reader’s calendar.
    """

    key: str
    purpose: str
    recipient: str
    subject: str
    body: str
    html: str = ""
    sender: str = ""
    reply_to: str = ""
    unsubscribe: str = ""
    calendar: Calendar | None = None


def compose(template: str, *, key: str, recipient: str, language: str, context: Mapping) -> Message:
    """Return the message that ``mail/<template>.{subject.txt,txt,html}`` write in this language.

    The HTML version is optional. The purpose is the last part of the template’s name.
    """
    with override(language):
        words = {**context, "language": language}
        return Message(
            key=key,
            purpose=template.rpartition("/")[2],
            recipient=recipient,
            subject=one_line(get_template(f"mail/{template}.subject.txt").render(words)),
            body=get_template(f"mail/{template}.txt").render(words).strip() + "\n",
            html=_html(template, words),
        )


def one_line(subject: str) -> str:
    """Return a subject without line breaks, which could smuggle in headers, and not too long."""
    line = " ".join(subject.split())
    return line if len(line) <= LONGEST_SUBJECT else f"{line[: LONGEST_SUBJECT - 1]}…"


def _html(template: str, words: Mapping) -> str:
    try:
        return get_template(f"mail/{template}.html").render(words).strip()
    except TemplateDoesNotExist:
        return ""
