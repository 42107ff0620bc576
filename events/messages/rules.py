"""What may stand in a message, and how many there may be. Pure: everything comes in."""

import datetime
import re
from collections.abc import Collection, Mapping
from urllib.parse import unquote, urlsplit

PLACEHOLDERS = ("name", "event", "time", "link")
MOST_A_DAY = 5
A_DAY = datetime.timedelta(days=1)
# A message that could not leave for so long is no news any more.
KEEPS = datetime.timedelta(days=2)
FARTHEST = datetime.timedelta(days=366)
SHORTEST_SECRET = 6

_PLACEHOLDER = re.compile(r"\{\s*([^{}\s]{0,40})\s*\}")
_NUMBER = re.compile(r"\d{9,}")
_BETWEEN_DIGITS = re.compile(r"(?<=\d)[\s.\u00a0-]+(?=\d)")


def unknown_placeholders(text: str) -> list[str]:
    """Return what stands in braces and means nothing, each once."""
    found = dict.fromkeys(_PLACEHOLDER.findall(text))
    return [f"{{{name}}}" for name in found if name not in PLACEHOLDERS]


def filled(text: str, values: Mapping[str, str]) -> str:
    """Return the text with what its placeholders stand for; nothing in a value is looked at."""
    return _PLACEHOLDER.sub(lambda found: values.get(found[1], found[0]), text)


def gives_away(text: str, join_url: str, passcode: str) -> bool:
    """Say whether a text names the way into an event: its link, its number or its passcode.

    Whoever forwards such a mail lets anybody in; the page to join is each person’s own.
    """
    plain = unquote(text).casefold()
    if place := _place(join_url):
        digits = _BETWEEN_DIGITS.sub("", plain)
        numbers = _NUMBER.findall(unquote(join_url))
        if place in plain or any(number in digits for number in numbers):
            return True
    secret = passcode.strip().casefold()
    words = re.escape(secret)
    return len(secret) >= SHORTEST_SECRET and bool(re.search(rf"(?<!\w){words}(?!\w)", plain))


def has_room_today(written: Collection[datetime.datetime], now: datetime.datetime) -> bool:
    """Say whether one more message may be written; the secretariat is not asked."""
    return sum(at > now - A_DAY for at in written) < MOST_A_DAY


def _place(url: str) -> str:
    """Return host and path of an address, as somebody would type or paste it."""
    parts = urlsplit(unquote(url.strip()).casefold())
    return f"{parts.netloc.removeprefix('www.')}{parts.path}".rstrip("/")
