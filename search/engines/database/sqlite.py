"""The words of documents in SQLite’s FTS5, and what is asked of it.

Words reach FTS5 folded and separated by spaces, so its plainest tokenizer cuts them exactly as
they were written: ``ascii`` takes every character beyond ASCII for a letter.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection

from .matching import AnyOf, Condition, Phrase, Query
from .texts import Stretch, Texts

TITLE = "{title}"
SCORE = "-bm25(search_words, 8.0, 2.0, 1.0)"
HOLDING = "select rowid id from search_words where search_words match %s"
FOUND = HOLDING.replace(" id ", f" id, {SCORE} score ")
BEGUN = "select rowid id from search_titles where search_titles match %s"
ANSWERS_ONE = f"(rowid in ({HOLDING}))"
GAP = " ¶ "  # a word that nobody can look for: no phrase reaches from one text into the next


def write(texts: Mapping[int, Texts]) -> None:
    """Put the words of documents, by id, in the place of those that are there."""
    ids = [(pk,) for pk in texts]
    words = [
        (pk, _words(text.title), _words(text.labels), _words(text.body))
        for pk, text in texts.items()
    ]
    titles = [(pk, " ".join(text.names)) for pk, text in texts.items()]
    spelling = [(pk, " ".join(text.spelling)) for pk, text in texts.items()]
    with connection.cursor() as cursor:
        for table in ("search_words", "search_titles", "search_spelling"):
            cursor.executemany(f"delete from {table} where rowid = %s", ids)  # noqa: S608
        cursor.executemany(
            "insert into search_words (rowid, title, labels, body) values (%s, %s, %s, %s)", words
        )
        cursor.executemany("insert into search_titles (rowid, title) values (%s, %s)", titles)
        cursor.executemany("insert into search_spelling (rowid, words) values (%s, %s)", spelling)


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


def in_title(phrases: AnyOf) -> tuple[str, list]:
    """Return a select of the ``id`` of what holds one of the phrases in its title."""
    return HOLDING, [f"{TITLE} : {_any(phrases)}"]


def begun(words: Sequence[str]) -> tuple[str, list]:
    """Return a select of the ``id`` of what has a word in its titles for each beginning."""
    return BEGUN, [_and(_phrase(Phrase((word,), begins=True)) for word in words)]


def vocabulary() -> dict[str, int]:
    """Return in how many documents each word is written that may be a better spelling."""
    with connection.cursor() as cursor:
        cursor.execute("select term, doc from search_vocabulary")
        return dict(cursor.fetchall())


def _match(expression: str, excluded: AnyOf = ()) -> str:
    left_out = f" NOT ({_any(excluded)})" if excluded else ""
    return f"({expression}){left_out}"


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
    """Yield the words, the words without their hyphens, and the stems."""
    yield stretch.words
    if stretch.compounds:
        yield stretch.compounds
    yield stretch.stems
