"""The marks of pages: their regions, themes, countries and sectors, read in one query."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.conf import settings
from django.db.models import F, Value
from django.utils.translation import get_language

from taxonomy.models import Term

from .cards import Label, term_label
from .models import PageCountry, PageRegion, PageSector, PageTheme, SitePage

# In the order in which they are shown.
THROUGH = {
    "region": PageRegion,
    "theme": PageTheme,
    "country": PageCountry,
    "sector": PageSector,
}


def term_labels(
    pks: Collection[int], kinds: Sequence[str] = tuple(THROUGH)
) -> dict[int, list[Label]]:
    """Return the marks of each page by id: kind by kind, each in the order of its vocabulary."""
    order = list(THROUGH)
    found: dict[int, list[tuple]] = defaultdict(list)
    first, *others = (_rows(kind, pks) for kind in kinds)
    for pk, kind, place, *names in first.union(*others, all=True):
        term = _term(kind, *names)
        found[pk].append((order.index(kind), place, term.label, term_label(term, kind)))
    in_order = {pk: sorted(rows, key=lambda row: row[:3]) for pk, rows in found.items()}
    return defaultdict(list, {pk: [row[-1] for row in rows] for pk, rows in in_order.items()})


def own_term_labels(page: SitePage) -> list[Label]:
    """Return the marks of one page; those of a draft in a preview come from the draft itself."""
    drafted = getattr(page, "_cluster_related_objects", {})
    if not any(f"page_{name}" in drafted for name in ("regions", "themes", "countries", "sectors")):
        if not hasattr(page, "_term_labels"):
            page._term_labels = term_labels([page.pk])[page.pk]
        return page._term_labels
    of_draft = {
        "region": page.regions,
        "theme": page.themes,
        "country": page.countries,
        "sector": page.sectors,
    }
    return [
        term_label(term, kind)
        for kind, terms in of_draft.items()
        for term in sorted(terms.all(), key=lambda term: (term.sort_order, term.label))
    ]


def _rows(kind: str, pks: Collection[int]):
    """Return a query for ``(page, kind, place, slug, name, own name, own short name)``."""
    name, short = _columns()
    return (
        THROUGH[kind]
        .objects.filter(content_object_id__in=pks)
        .values_list(
            "content_object_id",
            Value(kind),
            "tag__sort_order",
            "tag__slug",
            "tag__name",
            F(f"tag__{name}") if name != "name" else Value(""),
            F(f"tag__{short}") if kind == "region" else Value(""),
        )
    )


def _term(kind: str, slug: str, name: str, own_name: str, own_short: str) -> Term:
    """Return an unsaved term with what its mark needs in the reader’s language."""
    name_column, short_column = _columns()
    facts = {"slug": slug, name_column: own_name, "name": name}
    if kind == "region":
        facts[short_column] = own_short
    if kind == "country":
        facts["code"] = slug.upper()
    return THROUGH[kind]._meta.get_field("tag").related_model(**facts)


def _columns() -> tuple[str, str]:
    """Return the columns with names and short names in the reader’s language."""
    language = (get_language() or settings.LANGUAGE_CODE)[:2]
    if language == settings.LANGUAGE_CODE:
        return "name", "short"
    return f"name_{language}", f"short_{language}"
