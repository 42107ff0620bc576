"""Fill the vocabularies with what they start from."""

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from django.db import models
from django.utils import translation
from django_countries import countries
from wagtail.search.backends import get_search_backend

from .models import Country, Region, Sector, Theme

DATA = Path(__file__).parent / "data"
LANGUAGES = ("fr", "es", "pt", "ar")


class Vocabularies(NamedTuple):
    """The four models, so that a migration can hand over the ones of its own time."""

    region: type[models.Model] = Region
    theme: type[models.Model] = Theme
    sector: type[models.Model] = Sector
    country: type[models.Model] = Country


def load_vocabularies(vocabularies: Vocabularies | None = None) -> int:
    """Add the terms that are missing and return how many.

    A term that exists stays as the editors left it, whatever the files say.
    """
    vocabularies = vocabularies or Vocabularies()
    words = tomllib.loads((DATA / "vocabulary.toml").read_text(encoding="utf-8"))
    added = sum(
        _add_missing(model, [_term(model, slug, entry) for slug, entry in words[table].items()])
        for table, model in (
            ("regions", vocabularies.region),
            ("themes", vocabularies.theme),
            ("sectors", vocabularies.sector),
        )
    )
    with translation.override("en"):
        return added + _add_missing(vocabularies.country, _countries(vocabularies))


def index_vocabularies() -> None:
    """Make every term findable in the admin; a migration cannot do that by itself."""
    backend = get_search_backend()
    for model in Vocabularies():
        backend.add_bulk(model, list(model.objects.all()))


def _term(model: type[models.Model], slug: str, entry: dict) -> models.Model:
    fields = {f"name_{code}": entry[code] for code in LANGUAGES}
    if "short_en" in entry:
        fields["short"] = entry["short_en"]
        fields |= {f"short_{code}": entry[f"short_{code}"] for code in LANGUAGES}
    return model(
        slug=slug,
        name=entry["en"],
        sort_order=entry["order"],
        description=entry.get("description", ""),
        **fields,
    )


def _countries(vocabularies: Vocabularies) -> Iterator[models.Model]:
    """Yield every ISO country with its region; names in other languages come from the ISO list."""
    regions = {region.slug: region for region in vocabularies.region.objects.all()}
    for code, region in country_regions().items():
        yield vocabularies.country(
            code=code,
            slug=code.lower(),
            name=countries.name(code),
            region=regions.get(region),
        )


def country_regions() -> dict[str, str]:
    """Return the region’s slug by country code; empty where a country lies in none of them.

    The codes are text throughout: ``NA`` is Namibia and ``NO`` is Norway.
    """
    with (DATA / "country_regions.csv").open(encoding="utf-8", newline="") as file:
        return {row["alpha2"]: row["region"] for row in csv.DictReader(file)}


def _add_missing(model: type[models.Model], terms) -> int:
    known = model.objects.values_list("slug", "name")
    slugs, names = {slug for slug, _ in known}, {name for _, name in known}
    missing = [term for term in terms if term.slug not in slugs and term.name not in names]
    model.objects.bulk_create(missing)
    return len(missing)
