"""The words of documents in SQLite’s FTS5, and what is asked of it.

Words reach FTS5 folded and separated by spaces, so its plainest tokenizer cuts them exactly as
they were written: ``ascii`` takes every character beyond ASCII for a letter.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection

from .matching import AnyOf, Condition, Phrase, Query
from .texts import Stretch, Texts

SEARCHED = "{title labels body}"
TITLE = "{title}"
SCORE = "-bm25(search_words, 8.0, 2.0, 1.0, 0.0)"
HOLDING = "select rowid id from search_words where search_words match %s"
FOUND = HOLDING.replace(" id ", f" id, {SCORE} score ")
ANSWERS_ONE = f"(rowid in ({HOLDING}))"
GAP = " ¶ "  # a word that nobody can look for: no phrase reaches from one text into the next


def write(texts: Mapping[int, Texts]) -> None:
    """Put the words of documents, by id, in the place of those that are there."""
    rows = [
        (pk, _words(text.title), _words(text.labels), _words(text.body), " ".join(text.public))
        for pk, text in texts.items()
    ]
    with connection.cursor() as cursor:
        cursor.executemany("delete from search_words where rowid = %s", [(pk,) for pk in texts])
        cursor.executemany(
            "insert into search_words (rowid, title, labels, body, public)"
            " values (%s, %s, %s, %s, %s)",
            rows,
        )


def found(query: Query) -> tuple[str, list]:
    """Return a select of the ``id`` and the ``score`` of what answers, and its parameters."""
    fixed = [_condition(condition) for condition in query.fixed]
    loose = [_condition(condition) for condition in query.loose]
    if query.least >= len(loose):
        return FOUND, [_match(_and([*fixed, *loose]), query.excluded)]
    some = [*fixed, _or(loose)] if loose else fixed
    counted = " + ".join([ANSWERS_ONE] * len(loose))
    return (
        f"{FOUND} and {counted} >= %s",
        [_match(_and(some), query.excluded), *map(_match, loose), query.least],
    )


def titled(query: Query) -> tuple[str, list]:
    """Return a select of the ``id`` of what holds all that is typed in its title."""
    every = [_condition(condition) for condition in (*query.fixed, *query.loose)]
    return HOLDING, [f"{TITLE} : ({_and(every)})"]


def holding(phrases: AnyOf) -> tuple[str, list]:
    """Return a select of the ``id`` of what holds one of the phrases."""
    return HOLDING, [_match(_any(phrases))]


def _match(expression: str, excluded: AnyOf = ()) -> str:
    left_out = f" NOT ({_any(excluded)})" if excluded else ""
    return f"{SEARCHED} : (({expression}){left_out})"


def _condition(condition: Condition) -> str:
    typed = _and(_any(any_of) for any_of in condition.typed)
    return _or([typed, *map(_phrase, condition.others)])


def _any(phrases: AnyOf) -> str:
    return _or(map(_phrase, phrases))


def _phrase(phrase: Phrase) -> str:
    return f'"{" ".join(phrase.tokens)}"{" *" if phrase.begins else ""}'


def _and(expressions: Iterable[str]) -> str:
    return f"({' AND '.join(expressions)})"


def _or(expressions: Iterable[str]) -> str:
    return f"({' OR '.join(expressions)})"


def _words(stretches: Iterable[Stretch]) -> str:
    return GAP.join(" ".join(run) for stretch in stretches for run in _runs(stretch))


def _runs(stretch: Stretch) -> Iterator[Sequence[str]]:
    """Yield the words, the words without their hyphens, and the stems in each language."""
    yield stretch.words
    if stretch.compounds:
        yield stretch.compounds
    stems = (tuple(stretch.stems(language)) for language in stretch.languages)
    yield from dict.fromkeys(stems)
