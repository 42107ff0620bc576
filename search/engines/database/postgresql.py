"""The words of documents in PostgreSQL, and what is asked of them.

Tokens come folded and stemmed, so neither an extension nor a text configuration is needed. Two
stems in a row, and two or three words, are a token as well: with it, the index alone knows where a
phrase stands, which PostgreSQL would otherwise look up in all the words of every document that may
hold it. A longer phrase is known by its overlapping pieces.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, islice

from django.db import connection

from . import scoring
from .matching import AnyOf, Condition, Phrase, Query
from .scoring import Frequencies
from .texts import STEM, Stretch, Texts

# Of what a document is ranked by: to read more of each takes too long.
LEAD_OF_LABELS, LEAD_OF_BODY = 40, 60
STEMS_IN_A_ROW, WORDS_IN_A_ROW = 2, 3
LARGEST = 700_000  # bytes of tokens; a vector cannot have more than a megabyte
GAP = 10  # positions between texts

HOLDING = "select document_id id from search_entry where words @@ %s::tsquery"
IN_TITLE = "select document_id id from search_entry where title @@ %s::tsquery"
COUNT = "(select count(*) from search_entry where words @@ %s::tsquery)"
ALL = "(select count(*) from search_entry)"
ANSWERS = "words @@ %s::tsquery"
SCORED = "select document_id id, ({})::float8 score from search_entry where {}"
# How often the lead of a document holds something, times a weight; and the weight alone.
OFTEN = "%s * 2 * ts_rank('{0.25, 0.25, 0.5, 1.0}', lead, %s::tsquery)"
ONCE = "%s * (lead @@ %s::tsquery)::int"
ONCE_IN_TITLE = "%s * (title @@ %s::tsquery)::int"
ANYWHERE = "0.1"  # is the score of what is held beyond the lead only


def write(texts: Mapping[int, Texts]) -> None:
    """Put the words of documents, by id, in the place of those that are there."""
    rows = [
        (_words(text), _tokens(text.title), _lead(text), list(text.spelling), pk)
        for pk, text in texts.items()
    ]
    with connection.cursor() as cursor:
        cursor.executemany(
            "update search_entry set words = array_to_tsvector(%s::text[]),"
            " title = array_to_tsvector(%s::text[]), lead = %s::tsvector, spelling = %s"
            " where document_id = %s",
            rows,
        )


def found(query: Query) -> tuple[str, list]:
    """Return a select of the ``id`` and the ``score`` of what answers, and its parameters."""
    conditions = (*query.fixed, *query.loose)
    answering, parameters = _answering(query)
    sums, weights = [ANYWHERE], []
    for worth in scoring.worths(conditions, _frequencies(conditions)):
        if worth.in_title:
            sums.append(ONCE_IN_TITLE)
            weights += [worth.weight, _any(worth.phrases)]
        else:
            sums.append(OFTEN if worth.documents else ONCE)
            weights += [worth.weight, _or(map(_in_a_row, worth.phrases))]
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
    return IN_TITLE, [_and(map(_condition, (*query.fixed, *query.loose)))]


def holding(phrases: AnyOf) -> tuple[str, list]:
    """Return a select of the ``id`` of what holds one of the phrases."""
    return HOLDING, [_any(phrases)]


def in_title(phrases: AnyOf) -> tuple[str, list]:
    """Return a select of the ``id`` of what holds one of the phrases in its title."""
    return IN_TITLE, [_any(phrases)]


def begun(words: Sequence[str]) -> tuple[str, list]:
    """Return a select of the ``id`` of what has a word in its titles for each beginning."""
    return IN_TITLE, [_and(_phrase(Phrase((word,), begins=True)) for word in words)]


def vocabulary() -> dict[str, int]:
    """Return in how many documents each word is written that may be a better spelling."""
    with connection.cursor() as cursor:
        cursor.execute(
            "select word, count(*) from search_entry, unnest(spelling) word group by word"
        )
        return dict(cursor.fetchall())


def _without(expression: str, excluded: AnyOf) -> str:
    return f"{expression} & !{_any(excluded)}" if excluded else expression


def _condition(condition: Condition) -> str:
    return _or([_and(map(_any, condition.typed)), *map(_phrase, condition.others)])


def _any(phrases: AnyOf) -> str:
    return _or(map(_phrase, phrases))


def _phrase(phrase: Phrase) -> str:
    """Return the query for a phrase by its overlapping pieces."""
    longest = STEMS_IN_A_ROW if phrase.tokens[0].startswith(STEM) else WORDS_IN_A_ROW
    pieces = _pieces(phrase.tokens, min(longest, len(phrase.tokens)))
    return _and(f"'{token}'{':*' if phrase.begins else ''}" for token in pieces)


def _in_a_row(phrase: Phrase) -> str:
    """Return the query for a phrase by the positions of its words."""
    words = " <-> ".join(f"'{token}'" for token in phrase.tokens)
    return f"({words}{':*' if phrase.begins else ''})"


def _and(expressions: Iterable[str]) -> str:
    return f"({' & '.join(expressions)})"


def _or(expressions: Iterable[str]) -> str:
    return f"({' | '.join(expressions)})"


def _words(texts: Texts) -> list[str]:
    return _tokens([*texts.title, *texts.labels, *texts.body])


def _tokens(stretches: Sequence[Stretch]) -> list[str]:
    """Return all words and stems, then those in a row, each once, as far as there is room."""
    runs = [run for stretch in stretches for run in (stretch.words, stretch.stems)]
    compounds = chain.from_iterable(stretch.compounds for stretch in stretches)
    pairs = chain.from_iterable(_pieces(run, 2) for run in runs)
    triples = chain.from_iterable(_pieces(stretch.words, 3) for stretch in stretches)
    return list(_fitting(dict.fromkeys(chain(*runs, compounds, pairs, triples))))


def _pieces(run: Sequence[str], length: int) -> Iterator[str]:
    """Yield all tokens of so many words or stems in a row."""
    shifted = (run[start:] for start in range(length))
    return (
        (STEM if STEM not in piece[0] else "").join(piece) for piece in zip(*shifted, strict=False)
    )


def _fitting(tokens: Iterable[str]) -> Iterator[str]:
    """Yield tokens until they are too large for a vector."""
    size = 0
    for token in tokens:
        size += len(token.encode()) + 4
        if size > LARGEST:
            return
        yield token


def _lead(texts: Texts) -> str:
    """Return the text from which PostgreSQL reads a vector with positions and weights."""
    placed = chain(
        _placed(texts.title, "A", 1),
        islice(_placed(texts.labels, "B", 1000), 2 * LEAD_OF_LABELS),
        islice(_placed(texts.body, "D", 2000), 2 * LEAD_OF_BODY),
    )
    places: dict[str, list[str]] = {}
    for token, place in placed:
        places.setdefault(token, []).append(place)
    return " ".join(f"'{token}':{','.join(known)}" for token, known in places.items())


def _placed(stretches: Iterable[Stretch], weight: str, at: int) -> Iterator[tuple[str, str]]:
    """Yield the words and stems of stretches with their places, from a position on."""
    for stretch in stretches:
        for place, tokens in enumerate(zip(stretch.words, stretch.stems, strict=True), at):
            yield from ((token, f"{place}{weight}") for token in tokens)
        at += len(stretch.words) + GAP
