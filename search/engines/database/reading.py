"""Reads from the database what answers, in one statement, with all that narrows and ranks it."""

from collections.abc import Mapping, Sequence

from django.db import connection

from search.engines.answers import PUBLIC

from .dialects import dialect
from .matching import AnyOf, Query
from .rows import Row

Select = tuple[str, list]
FacetValue = tuple[str, str]
Chosen = Mapping[str, Sequence[str]]

COLUMNS = """
    entry.document_id, {score}, coalesce(cast(entry.date as text), ''), entry.entity,
    entry.language, entry.name, entry.facets
"""
HAS_VALUE = """
    exists (
        select 1 from search_documentfacet facet
        where facet.document_id = entry.document_id and facet.facet = %s and facet.value in ({})
    )
"""
HAVING = "select document_id id from search_documentfacet where (facet, value) in (values {})"
ANY_OF = """
    exists (
        select 1 from ({}) found join search_entry entry on entry.document_id = found.id where {}
    )
"""
READER = "reader"
NO_SCORE = "cast(0 as real)"


def matching(query: Query, readers: frozenset[str], narrowed: Chosen) -> list[Row]:
    """Return a row for each document that answers the query and that a reader may see.

    ``narrowed`` are facets of which a document must have one of the values. Where nothing is left
    to look for, as of “½”, nothing answers.
    """
    if not query:
        return []
    return _rows("found.score", _joined(dialect().found(query)), readers, narrowed)


def everything(excluded: AnyOf, readers: frozenset[str], narrowed: Chosen) -> list[Row]:
    """Return a row, without a score, for each document that a reader may see.

    What holds one of the ``excluded`` is left out.
    """
    if not excluded:
        return _rows(NO_SCORE, ("search_entry entry", []), readers, narrowed)
    holding, parameters = dialect().holding(excluded)
    others = f"(select * from search_entry where document_id not in ({holding})) entry"  # noqa: S608
    return _rows(NO_SCORE, (others, parameters), readers, narrowed)


def answered(asked: Sequence[AnyOf], readers: frozenset[str]) -> list[bool]:
    """Return of each of these whether any document that a reader may see holds it.

    What has no letters to look for is not missed.
    """
    readable, tokens = _readable(readers)
    selects, parameters = [], []
    for phrases in asked:
        if not phrases:
            selects.append("true")
            continue
        holding, words = dialect().holding(phrases)
        selects.append(ANY_OF.format(holding, readable))
        parameters += [*words, *tokens]
    with connection.cursor() as cursor:
        cursor.execute(f"select {', '.join(selects)}", parameters)
        return [bool(found) for found in cursor.fetchone()]


def begun(words: Sequence[str], readers: frozenset[str]) -> list[Row]:
    """Return a row for each document with a title in which every word typed begins a word."""
    return _of_ids(dialect().begun(words), readers)


def alike(values: Sequence[FacetValue], title: AnyOf, readers: frozenset[str]) -> list[Row]:
    """Return a row for each document with one of these facet values or one of the title’s words."""
    selects, parameters = [], []
    if values:
        selects.append(HAVING.format(", ".join(["(%s, %s)"] * len(values))))
        parameters += [part for value in values for part in value]
    if title:
        select, words = dialect().in_title(title)
        selects.append(select)
        parameters += words
    return _of_ids((" union ".join(selects), parameters), readers) if selects else []


def titled(query: Query) -> frozenset[int]:
    """Return the ids of the documents that hold all that is typed in their title."""
    with connection.cursor() as cursor:
        cursor.execute(*dialect().titled(query))
        return frozenset(pk for (pk,) in cursor.fetchall())


def _of_ids(select: Select, readers: frozenset[str]) -> list[Row]:
    return _rows(NO_SCORE, _joined(select), readers, {})


def _joined(select: Select) -> Select:
    found, parameters = select
    return f"({found}) found join search_entry entry on entry.document_id = found.id", parameters


def _rows(
    score: str,
    tables: Select,
    readers: frozenset[str],
    narrowed: Chosen,
) -> list[Row]:
    conditions = [_readable(readers), *(_has_value(*item) for item in narrowed.items() if item[1])]
    where = " and ".join(condition for condition, _parameters in conditions)
    # No value is part of the statement: its pieces are those of this module and of the dialects.
    statement = f"select {COLUMNS.format(score=score)} from {tables[0]} where {where}"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(statement, [*tables[1], *(value for _, has in conditions for value in has)])
        return list(map(Row._make, cursor.fetchall()))


def _readable(readers: frozenset[str]) -> Select:
    if readers == {PUBLIC}:
        return "entry.is_public", []
    condition, parameters = _has_value(READER, sorted(readers))
    return (f"(entry.is_public or {condition})" if PUBLIC in readers else condition), parameters


def _has_value(facet: str, values: Sequence[str]) -> Select:
    if not values:
        return "false", []
    return HAS_VALUE.format(", ".join(["%s"] * len(values))), [facet, *values]
