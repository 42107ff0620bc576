"""The generation of the content: one token that changes with every change a reader could see.

Every cached page and fragment carries the generation under which it was made. A change gives the
site a new generation after its transaction has committed, so whatever was cached before is never
read again: the next request sees the change, whichever pages it shows on. Old entries die of age.
"""

import uuid

from django.core.cache import caches
from django.db import transaction

KEY = "generation"


def current() -> str:
    """Return the token of the content as it is now. Read it before reading the database."""
    token = caches["pages"].get(KEY)
    if token is None:
        token = _new_token()
        caches["pages"].add(KEY, token, timeout=None)
    return token


def renew() -> None:
    """Give the site a new generation once the running transaction has committed."""
    transaction.on_commit(_renew_now)


def _renew_now() -> None:
    caches["pages"].set(KEY, _new_token(), timeout=None)


def _new_token() -> str:
    return uuid.uuid4().hex[:12]
