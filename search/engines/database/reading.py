"""Reads from the database what answers, in one statement, with all that narrows and ranks it."""

from collections.abc import Mapping, Sequence

from django.db import connection

from search.engines.answers import PUBLIC

from .dialects import dialect
from .matching import AnyOf, Query
from .rows import Row

Select = tuple[str, list]
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
READER = "reader"


def matching(query: Query, readers: frozenset[str], narrowed: Chosen) -> list[Row]:
    """Return a row for each document that answers the query and that a reader may see.

    ``narrowed`` are facets of which a document must have one of the values.
    """
    found, parameters = dialect().found(query)
    tables = f"({found}) found join search_entry entry on entry.document_id = found.id"
    return _rows("found.score", (tables, parameters), readers, narrowed)


def everything(excluded: AnyOf, readers: frozenset[str], narrowed: Chosen) -> list[Row]:
    """Return a row, without a score, for each document that a reader may see.

    What holds one of the ``excluded`` is left out.
    """
    if not excluded:
        return _rows("0.0", ("search_entry entry", []), readers, narrowed)
    holding, parameters = dialect().holding(excluded)
    others = f"(select * from search_entry where document_id not in ({holding})) entry"  # noqa: S608
    return _rows("0.0", (others, parameters), readers, narrowed)


def titled(query: Query) -> frozenset[int]:
    """Return the ids of the documents that hold all that is typed in their title."""
    with connection.cursor() as cursor:
        cursor.execute(*dialect().titled(query))
        return frozenset(pk for (pk,) in cursor.fetchall())


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
    return HAS_VALUE.format(", ".join(["%s"] * len(values))), [facet, *values]
