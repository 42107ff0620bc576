"""The words of documents in SQLite’s FTS5, and what is asked of it.

Words reach FTS5 folded and separated by spaces, so its plainest tokenizer cuts them exactly as
they were written: ``ascii`` takes every character beyond ASCII for a letter.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db import connection

from . import scoring
from .matching import AnyOf, Condition, Phrase, Query
from .scoring import Frequencies, Worth
from .texts import Stretch, Texts

TITLE = "{title}"
HOLDING = "select rowid id from search_words where search_words match %s"
SCORED = """
    with answering as ({}), worth (id, score) as ({})
    select id, sum(score) score from worth group by id
"""
# How often a document holds something, times a weight; and the weight alone. The least of two
# guards against documents that come or go between two statements. The plus signs keep SQLite from
# asking FTS5 anew for every row, which took minutes where thousands answer.
MOST_OFTEN = 2.2
OFTEN = """
    select rowid, min(%s, %s * -bm25(search_words, 8.0, 2.0, 1.0)) from search_words
    where search_words match %s and +rowid in (select id from answering)
"""
ONCE = """
    select rowid, %s from search_words
    where search_words match %s and +rowid in (select id from answering)
"""
FREQUENCIES = """
    select term, doc from search_tokens where term in ({})
    union all select '', count(*) from search_words_docsize
"""
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
    conditions = (*query.fixed, *query.loose)
    answering, parameters = _answering(query)
    selects = ["select id, 0.0 from answering"]
    known = _frequencies(scoring.tokens(conditions))
    for worth in scoring.worths(conditions, known):
        select, of_it = _worth(worth, known)
        selects.append(select)
        parameters += of_it
    return SCORED.format(answering, " union all ".join(selects)), parameters


def _answering(query: Query) -> tuple[str, list]:
    """Return a select of the ``id`` of what answers."""
    fixed = [_condition(condition) for condition in query.fixed]
    loose = [_condition(condition) for condition in query.loose]
    if query.least >= len(loose):
        return HOLDING, [_match(_and([*fixed, *loose]), query.excluded)]
    counted = " + ".join([ANSWERS_ONE] * len(loose))
    return (
        f"{HOLDING} and {counted} >= %s",
        [_match(_and([*fixed, _or(loose)]), query.excluded), *map(_match, loose), query.least],
    )


def _worth(worth: Worth, known: Frequencies) -> tuple[str, list]:
    """Return a select of the ``id`` of what holds this and of what it adds to the score."""
    expression = _any(worth.phrases)
    if worth.documents:
        return OFTEN, [worth.weight * MOST_OFTEN, worth.weight / _factor(worth, known), expression]
    return ONCE, [worth.weight, f"{TITLE} : {expression}" if worth.in_title else expression]


def _factor(worth: Worth, known: Frequencies) -> float:
    """Return by what ``bm25()`` multiplies how often something is held, to take it out again."""
    odds = (known.all_documents - worth.documents + 0.5) / (worth.documents + 0.5)
    return max(math.log(odds), 1e-6)


def _frequencies(tokens: Sequence[str]) -> Frequencies:
    holders = ", ".join(["%s"] * len(tokens))
    with connection.cursor() as cursor:
        cursor.execute(FREQUENCIES.format(holders), tokens)
        documents = dict(cursor.fetchall())
    return Frequencies(documents, documents.pop(""))


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
