"""The marks of pages: their regions, themes, countries and sectors, read in one query."""

from collections import defaultdict
from collections.abc import Collection, Sequence

from django.db.models import F, Value

from .cards import Label, term_label
from .models import PageCountry, PageRegion, PageSector, PageTheme, SitePage
from .vocabulary import name_columns, term_of

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
        term = term_of(kind, *names)
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
    name, short = name_columns()
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
