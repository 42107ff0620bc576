"""Tries a draft of the secretariat’s: what a search finds now, and what it would find with it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import singledispatch
from itertools import chain, zip_longest

from .engines import choosing
from .engines.answers import PUBLIC, Hit, Question
from .models import Promotion, Synonyms
from .promotions import BySearch, by_search, hits, known_promotions
from .words.known import known_synonyms
from .words.parsing import parse, same_search
from .words.synonyms import SynonymTable
from .words.wanted import Wanted

SHOWN = 10
READERS = frozenset({PUBLIC})


@dataclass(frozen=True)
class Line:
    """One result; ``before`` is its place without the draft, 0 where it was not shown."""

    hit: Hit
    place: int
    before: int
    is_promoted: bool = False

    @property
    def is_new(self) -> bool:
        """Whether the draft brought it among those that are shown."""
        return not self.before

    @property
    def has_moved(self) -> bool:
        """Whether the draft gave it another place."""
        return self.before not in {0, self.place}


@dataclass(frozen=True)
class Outcome:
    """What one way of searching finds, and what it looks for beside the words as typed."""

    total: int
    lines: Sequence[Line]
    also: Sequence[str] = ()


@dataclass(frozen=True)
class Trial:
    """A search with and without the draft."""

    sample: str
    now: Outcome
    then: Outcome

    @property
    def rows(self) -> list[tuple[Line | None, Line | None]]:
        """The results of both, side by side."""
        return list(zip_longest(self.now.lines, self.then.lines))


@singledispatch
def attempt(draft: Synonyms | Promotion, sample: str, language: str) -> Trial:
    """Return what the sample finds now, and what it would find with the draft published."""
    raise TypeError(f"{type(draft).__name__} teaches the search nothing.")


@attempt.register
def _try_synonyms(draft: Synonyms, sample: str, language: str) -> Trial:
    others = Synonyms.objects.filter(live=True).exclude(pk=draft.pk)
    table = SynonymTable(chain((row.concept for row in others), [draft.concept]))
    wanted = parse(sample, known_synonyms()), parse(sample, table)
    return _trial(sample, language, wanted, (known_promotions(), known_promotions()))


@attempt.register
def _try_promotion(draft: Promotion, sample: str, language: str) -> Trial:
    others = Promotion.objects.filter(live=True).exclude(pk=draft.pk)
    rows = sorted((*others, draft), key=lambda row: (row.place, row.pk or 0))
    wanted = parse(sample, known_synonyms())
    then = by_search((frozenset(row.searches), row.uid) for row in rows)
    return _trial(sample, language, (wanted, wanted), (known_promotions(), then))


def _trial(
    sample: str,
    language: str,
    wanted: tuple[Wanted, Wanted],
    promotions: tuple[BySearch, BySearch],
) -> Trial:
    now = _outcome(wanted[0], promotions[0], language, ())
    then = _outcome(wanted[1], promotions[1], language, [line.hit.uid for line in now.lines])
    return Trial(sample, now, then)


def _outcome(wanted: Wanted, promotions: BySearch, language: str, before: Sequence[str]) -> Outcome:
    if not wanted:
        return Outcome(0, ())
    answer = choosing.find(
        Question(wanted=wanted, size=SHOWN, readers=READERS, language=language, counted=())
    )
    first = hits(promotions.get(same_search(wanted.text), ()), READERS, language)
    places = {uid: place for place, uid in enumerate(before, start=1)}
    lines = [
        Line(hit, place, places.get(hit.uid, 0), hit in first)
        for place, hit in enumerate(_promoted_first(first, answer.hits), start=1)
    ]
    also = (" ".join(words) for part in wanted.parts for words in part.alternatives)
    return Outcome(answer.total, lines, list(dict.fromkeys(also)))


def _promoted_first(first: Sequence[Hit], found: Iterable[Hit]) -> list[Hit]:
    uids = {hit.uid for hit in first}
    return [*first, *(hit for hit in found if hit.uid not in uids)][:SHOWN]
