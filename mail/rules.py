"""When a mail is tried again, and when two addresses are one. No database, no clock."""

import datetime
import re
import unicodedata

MOST_ATTEMPTS = 6
FIRST_PAUSE = datetime.timedelta(minutes=5)
LONGEST_PAUSE = datetime.timedelta(hours=6)
BATCH = 20
BULK_BATCH = 5  # a reminder that falls due waits for these at most
LEASE = datetime.timedelta(minutes=15)  # longer than a batch whose every mail waits for a time-out
BULK = "bulk"
HARD_BOUNCE = 1.0  # the mailbox refused the mail for good (Mailman counts the same)
SOFT_BOUNCE = 0.5
MOST_BOUNCES = 3.0
BOUNCES_FORGOTTEN = datetime.timedelta(days=30)


def pause_after(attempts: int) -> datetime.timedelta:
    """Return how long to wait after this many failed attempts: 5, 10, 20 minutes and so on."""
    if attempts < 1:
        return datetime.timedelta(0)
    doublings = min(attempts - 1, 10)  # enough to reach the longest pause
    return min(FIRST_PAUSE * 2**doublings, LONGEST_PAUSE)


def is_exhausted(attempts: int) -> bool:
    """Say whether no further attempt is made without somebody asking for it."""
    return attempts >= MOST_ATTEMPTS


def is_missed(not_after: datetime.datetime | None, now: datetime.datetime) -> bool:
    """Say whether a mail is too late to be of use."""
    return not_after is not None and now > not_after


def is_sent_again(lane: str, times_lost: int) -> bool:
    """Say whether a mail whose mailer died while sending, so that nobody knows, is sent again.

    What somebody waits for had better come twice than never, once. An update had better not.
    """
    return lane != BULK and times_lost == 0


def batch_size(lane: str) -> int:
    """Return how many mails of a lane are taken at once."""
    return BULK_BATCH if lane == BULK else BATCH


def score_after_bounce(
    score: float, last_on: datetime.date | None, weight: float, on: datetime.date
) -> float | None:
    """Return what bounces add up to after another one; ``None`` if this one does not count.

    One a day counts, so an hour in which a provider is broken silences nobody; a late report of a
    day before the last one that counted does not either. After 30 days without, all is forgotten.
    """
    if last_on is not None and on <= last_on:
        return None
    is_forgotten = last_on is None or on - last_on > BOUNCES_FORGOTTEN
    return weight if is_forgotten else score + weight


def is_silenced(score: float) -> bool:
    """Say whether so many mails came back that no more is sent unasked."""
    return score >= MOST_BOUNCES


# What ends a display name, or makes one look like an address (RFC 5322, section 3.4).
_IN_NO_NAME = re.compile(r"[@:,;\"<>\\\s\x00-\x1f\x7f]+")


def display_name(name: str) -> str:
    """Return a name that can stand before an address and cannot be mistaken for one (R23)."""
    return _IN_NO_NAME.sub(" ", name).strip()


_ADDRESS = re.compile(r"[^\s@<>()\[\],;:\\\"]{1,64}@[^\s@]{1,255}")
LONGEST_ADDRESS = 254  # RFC 5321, section 4.5.3.1.3, without the angle brackets


def normal_address(email: str) -> str:
    """Return an address as it is compared: small letters, one spelling of accents, ASCII domain.

    Dots and plus signs stay: only the owner’s mail server knows what they mean. Raises
    ``ValueError`` for what is no address.
    """
    address = unicodedata.normalize("NFC", email.strip()).lower()
    if not _ADDRESS.fullmatch(address) or not address.isprintable():
        raise ValueError("This is no e-mail address.")
    mailbox, _, domain = address.rpartition("@")
    try:
        domain = domain.encode("idna").decode()
    except UnicodeError as error:
        raise ValueError("This is no e-mail address.") from error
    normal = f"{mailbox}@{domain}"
    if len(normal) > LONGEST_ADDRESS or ".." in domain or domain.startswith("."):
        raise ValueError("This is no e-mail address.")
    return normal
