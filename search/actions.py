"""Fill the search with what it starts from."""

import csv
from collections.abc import Iterator
from pathlib import Path

from django.db import models

from .models import Synonyms

TERMS = Path(__file__).parent / "words" / "terms.csv"


def load_synonyms(model: type[models.Model] = Synonyms) -> int:
    """Add the concepts that are missing and return how many.

    A concept that exists stays as the editors left it, whatever the file says. A migration hands
    over the model of its own time.
    """
    known = set(model.objects.values_list("name", flat=True))
    missing = [model(**fields) for fields in _concepts() if fields["name"] not in known]
    model.objects.bulk_create(missing)
    return len(missing)


def _concepts() -> Iterator[dict[str, str]]:
    """Yield the fields of each concept; what stands between semicolons becomes a line."""
    with TERMS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name = row.pop("concept")
            yield {"name": name} | {field: _lines(terms) for field, terms in row.items()}


def _lines(terms: str) -> str:
    return "\n".join(term.strip() for term in terms.split(";") if term.strip())
