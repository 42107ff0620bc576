"""All terms of all vocabularies in the reader’s language, read in one query and remembered."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import F, Value
from django.utils.translation import get_language

from taxonomy.models import Country, Region, Sector, Term, Theme

from .remembered import remembered

VOCABULARIES: dict[str, type[Term]] = {
    "region": Region,
    "theme": Theme,
    "sector": Sector,
    "country": Country,
}


@dataclass(frozen=True)
class KnownTerm:
    """A term as filters name it."""

    pk: int
    slug: str
    label: str


def known_terms(kind: str) -> tuple[KnownTerm, ...]:
    """Return the terms of one vocabulary, in its order."""
    return remembered("vocabularies", _find)[kind]


def name_columns() -> tuple[str, str]:
    """Return the columns with names and short names in the reader’s language."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    if language == settings.LANGUAGE_CODE:
        return "name", "short"
    return f"name_{language}", f"short_{language}"


def term_of(kind: str, slug: str, name: str, own_name: str, own_short: str = "") -> Term:
    """Return an unsaved term with what its label needs in the reader’s language."""
    name_column, short_column = name_columns()
    facts = {"slug": slug, name_column: own_name, "name": name}
    if kind == "region":
        facts[short_column] = own_short
    if kind == "country":
        facts["code"] = slug.upper()
    return VOCABULARIES[kind](**facts)


def _find() -> dict[str, tuple[KnownTerm, ...]]:
    first, *others = (_rows(kind, model) for kind, model in VOCABULARIES.items())
    found: dict[str, list[tuple]] = {kind: [] for kind in VOCABULARIES}
    for kind, place, pk, *names in first.union(*others, all=True):
        term = term_of(kind, *names)
        found[kind].append((place, term.name, KnownTerm(pk, term.slug, term.label)))
    return {
        kind: tuple(row[-1] for row in sorted(rows, key=lambda row: row[:2]))
        for kind, rows in found.items()
    }


def _rows(kind: str, model: type[Term]):
    column = name_columns()[0]
    own = F(column) if column != "name" else Value("")
    return model.objects.order_by().values_list(
        Value(kind), "sort_order", "pk", "slug", "name", own
    )
