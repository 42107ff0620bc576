"""What every process keeps in memory until the content changes."""

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from pages import generation

Rows = TypeVar("Rows")
Thing = TypeVar("Thing")


class _Made(NamedTuple, Generic[Rows, Thing]):
    token: str
    rows: Rows
    thing: Thing


class Kept(Generic[Rows, Thing]):
    """Something made of rows of the database that every search wants, and that seldom changes.

    Each process reads the rows once for each generation of the content (``pages.generation``), so
    a change counts at once everywhere, for the price of one look into the cache. The thing itself
    is made anew only where the rows are others.
    """

    def __init__(self, read: Callable[[], Rows], make: Callable[[Rows], Thing]):
        self._read = read
        self._make = make
        self._made: _Made[Rows, Thing] | None = None

    def __call__(self) -> Thing:
        """Return the thing as it is now."""
        token = generation.current()  # before the rows are read, or a change could be missed
        made = self._made
        if made is None or made.token != token:
            rows = self._read()
            same = made is not None and made.rows == rows
            made = self._made = _Made(token, rows, made.thing if same else self._make(rows))
        return made.thing
