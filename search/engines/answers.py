"""The question that every engine is asked, and the answer that every engine gives."""

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from search.words.wanted import Wanted

FACETS = (
    "type",
    "group",
    "region",
    "theme",
    "country",
    "year",
    "language",
    "author",
    "recording",
)
PUBLIC = "public"
DEEPEST = 10_000  # results that can be paged to; no engine is asked beyond


class Unavailable(Exception):
    """An engine could not answer in time; another may."""


@dataclass(frozen=True)
class Question:
    """One search, complete: it never depends on who else asks or on the running request.

    ``chosen`` are the values in use by facet: values of one facet widen (or), facets narrow (and).
    ``order`` is ``relevance``, ``newest`` or ``oldest``. ``readers`` are the reader’s tokens: a
    document answers if it carries one of them. ``language`` is that of the interface. ``exact``
    asks for the words as they were typed: no other spelling is tried for them.
    """

    wanted: Wanted = field(default_factory=Wanted)
    chosen: Mapping[str, Sequence[str]] = field(default_factory=dict)
    order: str = "relevance"
    start: int = 0
    size: int = 20
    readers: frozenset[str] = frozenset({PUBLIC})
    language: str = "en"
    counted: Sequence[str] = FACETS
    exact: bool = False


@dataclass(frozen=True)
class Passage:
    """A piece of text and where in it the hits stand, as ``(start, end)``."""

    text: str
    hits: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True)
class InFile:
    """The file in which the words stand, and the page; ``page`` is 0 where files have none.

    ``url`` is that of the file itself.
    """

    title: str
    url: str
    language: str
    page: int = 0


@dataclass(frozen=True)
class Hit:
    """One thing that was found."""

    uid: str
    title: str
    url: str
    entity: str
    kind: str
    language: str
    score: float = 0.0
    date: datetime.date | None = None
    groups: tuple[str, ...] = ()
    in_every_language: bool = False
    title_hits: tuple[tuple[int, int], ...] = ()
    passage: Passage = Passage("")
    in_file: InFile | None = None


@dataclass(frozen=True)
class Answer:
    """What was found.

    ``facets`` counts results by facet and value, each facet with all others applied but not
    itself. ``did_you_mean`` is a better spelling; with ``corrected`` the answer is already that of
    the better spelling, because the words as typed find nothing. ``relaxed`` says that some words
    are missing in the results. ``basic`` says that the database answered where the cluster should
    have, ``partial`` that part of the cluster was silent.
    """

    total: int = 0
    hits: tuple[Hit, ...] = ()
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
    did_you_mean: str = ""
    corrected: bool = False
    relaxed: bool = False
    basic: bool = False
    partial: bool = False


@dataclass(frozen=True)
class Suggestion:
    """A title that begins with what is being typed."""

    uid: str
    title: str
    url: str
    entity: str
    language: str
    in_every_language: bool = False


class Engine(Protocol):
    """What the site asks of an engine; each method may raise ``Unavailable``."""

    def find(self, question: Question) -> Answer:
        """Return one page of what answers the question, with the counts of all facets."""

    def suggest(
        self, text: str, readers: frozenset[str], language: str, size: int
    ) -> list[Suggestion]:
        """Return titles for somebody who is still typing."""

    def related(self, uid: str, readers: frozenset[str], language: str, size: int) -> list[Hit]:
        """Return what is most like a document, the document itself and its versions left out."""
