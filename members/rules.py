"""What membership decides. No database, no clock, no Django."""

import datetime
import unicodedata
from unicodedata import combining

UNDO = datetime.timedelta(days=14)


def erased_at(asked_at: datetime.datetime) -> datetime.datetime:
    """Return when a member who asked to be erased is; until then they may change their mind."""
    return asked_at + UNDO


IGNORES_DOTS = frozenset({"gmail.com", "googlemail.com"})


def mailbox(address: str) -> tuple[str, str]:
    """Return which mailbox an address most likely leads to: without what follows a plus.

    Only for suggesting that two people are one. To whom a mail goes is never guessed.
    """
    local, _, domain = address.rpartition("@")
    local = local.partition("+")[0]
    if domain in IGNORES_DOTS:
        return local.replace(".", ""), "gmail.com"
    return local.replace(".", ""), domain


def same_name(name: str) -> str:
    """Return a name as namesakes share it: no accents, small letters, words in any order."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign if sign.isalnum() else " " for sign in apart if not combining(sign))
    return " ".join(sorted(bare.split()))
