"""What membership decides. No database, no clock, no Django."""

import datetime

from .directory.rules import folded

UNDO = datetime.timedelta(days=14)


def erased_at(asked_at: datetime.datetime) -> datetime.datetime:
    """Return when a member who asked to be erased is; until then they may change their mind."""
    return asked_at + UNDO


SAME_DOMAIN = {"googlemail.com": "gmail.com"}


def mailbox(address: str) -> tuple[str, str]:
    """Return which mailbox an address most likely leads to: no dots, nothing behind a plus.

    Only for suggesting that two people are one. To whom a mail goes is never guessed.
    """
    local, _, domain = address.rpartition("@")
    return local.partition("+")[0].replace(".", ""), SAME_DOMAIN.get(domain, domain)


def same_name(name: str) -> str:
    """Return a name as namesakes share it: no accents, small letters, words in any order."""
    return " ".join(sorted(folded(name).split()))
