"""The words of documents in PostgreSQL, and what is asked of them.

Tokens come folded and stemmed, so neither an extension nor a text configuration is needed. A word
and its stem stand at the same position.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.db import connection

from . import scoring
from .matching import AnyOf, Condition, Phrase, Query
from .scoring import Frequencies
from .texts import Stretch, Texts

LEAD = 200  # words of the body by which a document is ranked: reading all of them takes too long
LAST_POSITION = 16_383  # beyond, PostgreSQL keeps no positions
MOST_POSITIONS = 255  # of one token
LARGEST = 900_000  # bytes; a vector cannot have more than a megabyte
GAP = 10  # positions between texts: no phrase reaches from one into the next

ANSWERS = "words @@ %s::tsquery"
HOLDING = "select document_id id from search_entry where words @@ %s::tsquery"
COUNT = "(select count(*) from search_entry where words @@ %s::tsquery)"
ALL = "(select count(*) from search_entry)"
SCORED = "select document_id id, ({})::float8 score from search_entry where {}"
# How often the lead of a document holds something, times a weight; and the weight alone.
OFTEN = "%s * 2 * ts_rank('{0.25, 0.25, 0.5, 1.0}', lead, %s::tsquery)"
ONCE = "%s * (lead @@ %s::tsquery)::int"
BEGUN = "select document_id id from search_entry where title @@ %s::tsquery"

Tokens = Iterator[tuple[str, int, str]]


def write(texts: Mapping[int, Texts]) -> None:
    """Put the words of documents, by id, in the place of those that are there."""
    rows = [
        (_words(text), _lead(text), list(text.names), list(text.spelling), pk)
        for pk, text in texts.items()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "update search_entry set words = %s::tsvector, lead = %s::tsvector,"
            " title = array_to_tsvector(%s::text[]), spelling = %s where document_id = %s",
            rows,
        )


def found(query: Query) -> tuple[str, list]:
    """Return a select of the ``id`` and the ``score`` of what answers, and its parameters."""
    conditions = (*query.fixed, *query.loose)
    answering, parameters = _answering(query)
    sums, weights = ["0.0"], []
    for worth in scoring.worths(conditions, _frequencies(conditions)):
        sums.append(OFTEN if worth.documents else ONCE)
        weights += [worth.weight, _any(worth.phrases, "A" if worth.in_title else "")]
    return SCORED.format(" + ".join(sums), answering), [*weights, *parameters]


def _answering(query: Query) -> tuple[str, list]:
    """Return the condition under which a document answers."""
    fixed = [_condition(condition) for condition in query.fixed]
    loose = [_condition(condition) for condition in query.loose]
    if query.least >= len(loose):
        return ANSWERS, [_without(_and([*fixed, *loose]), query.excluded)]
    counted = " + ".join([f"({ANSWERS})::int"] * len(loose))
    some = _without(_and([*fixed, _or(loose)]), query.excluded)
    return f"{ANSWERS} and {counted} >= %s", [some, *loose, query.least]


def _frequencies(conditions: Sequence[Condition]) -> Frequencies:
    """Return in how many documents each word stands in any of its forms."""
    words = [any_of for condition in conditions for any_of in condition.typed]
    with connection.cursor() as cursor:
        cursor.execute(
            f"select {', '.join([ALL, *[COUNT] * len(words)])}", [_any(any_of) for any_of in words]
        )
        number, *documents = cursor.fetchone()
    pairs = zip(words, documents, strict=True)
    return Frequencies({phrase.tokens[0]: n for any_of, n in pairs for phrase in any_of}, number)


def titled(query: Query) -> tuple[str, list]:
    """Return a select of the ``id`` of what holds all that is typed in its title."""
    every = [_condition(condition, "A") for condition in (*query.fixed, *query.loose)]
    return HOLDING, [_and(every)]


def holding(phrases: AnyOf) -> tuple[str, list]:
    """Return a select of the ``id`` of what holds one of the phrases."""
    return HOLDING, [_any(phrases)]


def in_title(phrases: AnyOf) -> tuple[str, list]:
    """Return a select of the ``id`` of what holds one of the phrases in its title."""
    return HOLDING, [_any(phrases, "A")]


def begun(words: Sequence[str]) -> tuple[str, list]:
    """Return a select of the ``id`` of what has a word in its titles for each beginning."""
    return BEGUN, [_and(_phrase(Phrase((word,), begins=True)) for word in words)]


def vocabulary() -> dict[str, int]:
    """Return in how many documents each word is written that may be a better spelling."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select word, count(*) from search_entry, unnest(spelling) word group by word"
        )
        return dict(cursor.fetchall())


def _without(expression: str, excluded: AnyOf) -> str:
    return f"{expression} & !{_any(excluded)}" if excluded else expression


def _condition(condition: Condition, weight: str = "") -> str:
    typed = _and(_any(any_of, weight) for any_of in condition.typed)
    return _or([typed, *(_phrase(phrase, weight) for phrase in condition.others)])


def _any(phrases: AnyOf, weight: str = "") -> str:
    return _or(_phrase(phrase, weight) for phrase in phrases)


def _phrase(phrase: Phrase, weight: str = "") -> str:
    how = f":{weight}" if weight else ""
    tokens = [f"'{token}'{how}" for token in phrase.tokens]
    if phrase.begins:
        tokens[-1] += "*" if weight else ":*"
    return f"({' <-> '.join(tokens)})"


def _and(expressions: Iterable[str]) -> str:
    return f"({' & '.join(expressions)})"


def _or(expressions: Iterable[str]) -> str:
    return f"({' | '.join(expressions)})"


def _words(texts: Texts) -> str:
    return _vector(_placed((texts.title, "A"), (texts.labels, "B"), (texts.body, "")))


def _lead(texts: Texts) -> str:
    return _vector(_placed((texts.title, "A"), (texts.labels, "B"), (_beginning(texts.body), "")))


def _beginning(stretches: Iterable[Stretch]) -> Iterator[Stretch]:
    """Yield the first ``LEAD`` words of stretches."""
    left = LEAD
    for stretch in stretches:
        if left > 0:
            yield replace(stretch, words=stretch.words[:left], compounds=())
        left -= len(stretch.words)


def _placed(*parts: tuple[Iterable[Stretch], str]) -> Tokens:
    """Yield the tokens of stretches with their positions and their weight."""
    at = 1
    for stretches, weight in parts:
        for stretch in stretches:
            for place, tokens in enumerate(zip(stretch.words, stretch.stems, strict=True), at):
                yield from ((token, place, weight) for token in tokens)
            at += len(stretch.words) + GAP
            for place, token in enumerate(stretch.compounds, at):
                yield token, place, weight
            at += len(stretch.compounds) + GAP


def _vector(tokens: Tokens) -> str:
    """Return the text from which PostgreSQL reads a vector; tokens need no escaping."""
    places: dict[str, list[str]] = {}
    size = 0
    for token, place, weight in tokens:
        known = places.setdefault(token, [])
        size += 0 if known else 2 * len(token.encode())
        if size > LARGEST:
            break
        if len(known) < MOST_POSITIONS:
            known.append(f"{min(place, LAST_POSITION)}{weight}")
    return " ".join(f"'{token}':{','.join(known)}" for token, known in places.items() if known)
