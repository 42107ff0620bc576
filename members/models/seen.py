"""Columns that the database keeps in step with others: who sees a part, and names to search.

What decides who is found must not depend on every writer remembering to update it: a level that is
changed by a form, an import or by hand takes effect in the same statement.
"""

from typing import Any

from django.db import models
from django.db.models import Case, F, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KT
from django.db.models.functions import Least
from django.db.models.lookups import Exact, IsNull

from members.directory import rules


def part_seen(part: str = "") -> models.GeneratedField:
    """Return the column with the rank of a part, or of the member; 0 once somebody is leaving."""
    rank = _rank(F("level"))
    if part:
        own = KT(f"field_levels__{part}")
        as_the_member = When(IsNull(own, True), then=Value(len(rules.LEVELS)))
        rank = Least(rank, _rank(own, as_the_member))
    return models.GeneratedField(
        expression=Case(
            When(state="active", then=rank),
            default=Value(rules.NOBODY),
            output_field=models.SmallIntegerField(),
        ),
        output_field=models.SmallIntegerField(),
        db_persist=True,
    )


def _rank(level: Combinable, *first: When) -> Case:
    """Return the rank of a level, 0 for what is none; ``first`` is looked at before."""
    known = [
        When(Exact(level, Value(name)), then=Value(rank)) for rank, name in enumerate(rules.LEVELS)
    ]
    return Case(
        *first, *known, default=Value(rules.NOBODY), output_field=models.SmallIntegerField()
    )


class FoldedField(models.CharField):
    """A name as it is sorted and searched, made from another field whenever the row is written.

    ``QuerySet.update`` of that other field has to set this one too.
    """

    def __init__(self, *args: Any, source: str = "name", **kwargs: Any):
        self.source = source
        kwargs.setdefault("max_length", rules.LONGEST_FOLDED)
        kwargs.setdefault("editable", False)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, kwargs | {"source": self.source}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:
        value = rules.folded(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value


@FoldedField.register_lookup
class WordsBegin(models.Lookup):
    """``name__words_begin=["ami", "mf"]``: each begins some word of the name."""

    lookup_name = "words_begin"
    prepare_rhs = False

    def get_db_prep_lookup(self, value, connection):
        return "%s", list(value)

    def as_sql(self, compiler, connection):
        column, params = self.process_lhs(compiler, connection)
        each = f"(' ' || {column}) LIKE %s"
        starts = [f"% {word}%" for word in self.rhs]
        sql = " AND ".join([each] * len(starts))
        return f"({sql})", [part for start in starts for part in (*params, start)]

    def as_postgresql(self, compiler, connection):
        """Ask the index over the words of names: it is the one of the migration, word by word."""
        column, params = self.process_lhs(compiler, connection)
        query = " & ".join(f"'{word}':*" for word in self.rhs)
        return f"to_tsvector('simple', {column}) @@ to_tsquery('simple', %s)", [*params, query]
