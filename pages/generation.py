"""The generation of the content: one token that changes with every change a reader could see.

Every cached page and fragment carries the generation under which it was made. A change gives the
site a new generation after its transaction has committed, so whatever was cached before is never
read again: the next request sees the change, whichever pages it shows on. Old entries die of age.
"""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from django.core.cache import caches
from django.db import transaction

KEY = "generation"
_held: ContextVar[list[str] | None] = ContextVar("held_generation", default=None)


def current() -> str:
    """Return the token of the content as it is now. Read it before reading the database."""
    held = _held.get()
    if held is None:
        return _looked_up()
    if not held:
        held.append(_looked_up())
    return held[0]


@contextmanager
def held(token: str | None = None) -> Iterator[None]:
    """Let the block, which makes one page, see one generation, looked up once if at all.

    A change that commits meanwhile makes the page outdated as a whole: nobody reads it again.
    """
    before = _held.set([token] if token else [])
    try:
        yield
    finally:
        _held.reset(before)


def renew() -> None:
    """Give the site a new generation once the running transaction has committed."""
    transaction.on_commit(_renew_now)


def _renew_now() -> None:
    token = _new_token()
    caches["pages"].set(KEY, token, timeout=None)
    if (held := _held.get()) is not None:
        held[:] = [token]


def _looked_up() -> str:
    token = caches["pages"].get(KEY)
    if token is None:
        token = _new_token()
        caches["pages"].add(KEY, token, timeout=None)
    return token


def _new_token() -> str:
    return uuid.uuid4().hex[:12]
