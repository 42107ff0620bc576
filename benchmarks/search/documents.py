"""Documents to be found: rows of the projection, of no meaning, the same for each number.

    python -m benchmarks.search.documents 10000

Fills the database up to so many documents and prints how many there are and how large they are.
"""

import datetime
import json
import random
from collections.abc import Iterator
from itertools import islice
from typing import Any

from django.db import connection, transaction

from people.models import Person
from search.models import Document, DocumentFacet
from search.projection import page_marks
from taxonomy.models import Country, Region, Theme
from working_groups.models import WorkingGroupPage

from .words import LANGUAGES, Language, languages

SEED = 4
FIRST_PAGE = 1_000_000  # the id of a page that no demo has
NEWEST = datetime.date(2026, 11, 1)
DAYS = 5_000
ENTITIES = {"post": 50, "product": 20, "event": 22, "page": 8}
KINDS = {
    "post": ("blog", "explainer", "recap", "announcement"),
    "product": ("primer", "guide", "policy-brief", "report", "dataset"),
    "event": ("group-meeting", "webinar", "workshop", "advisory-board"),
    "page": ("page",),
}
MEMBERS_ONLY = 0.03
BATCH = 1_000

Row = dict[str, Any]
Filed = tuple[int, str, str]


class Terms:
    """Under what the documents are filed: the terms, groups and people of the site."""

    def __init__(self) -> None:
        self.regions = _slugs(Region)
        self.themes = _slugs(Theme)
        self.countries = _slugs(Country)
        self.groups = _slugs(WorkingGroupPage)
        self.people = _slugs(Person)


class Maker:
    """Makes one document after the other."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)  # noqa: S311 - nothing here is secret
        self.languages = languages(self.chance)
        self.terms = Terms()

    def documents(self) -> Iterator[tuple[Row, list[Filed]]]:
        """Yield the fields of documents with their facets, without end."""
        number = 0
        while True:
            number += 1
            yield self._document(number)

    def _document(self, number: int) -> tuple[Row, list[Filed]]:
        entity = self._weighted(ENTITIES)
        kind = self.chance.choice(KINDS[entity])
        code = self._weighted(LANGUAGES)
        date = NEWEST - datetime.timedelta(days=int(DAYS * self.chance.random() ** 2))
        reader = "members" if self.chance.random() < MEMBERS_ONLY else "public"
        filed = self._filed(entity, kind, code, date, reader)
        language = self.languages[code]
        row = {
            "id": FIRST_PAGE + number,
            "uid": f"page:{FIRST_PAGE + number}",
            "family": f"page:{FIRST_PAGE + number}",
            "entity": entity,
            "kind": kind,
            "language": code,
            "title": language.title(),
            "also_called": "",
            "summary": language.text(2),
            "body": {code: language.text(self.chance.randint(4, 20))},
            "labels": "\n".join(value.replace("-", " ") for _, value in filed),
            "files": [self._file(number, code, language)] if entity == "product" else [],
            "url": f"/{code}/bench/{number}/",
            "in_every_language": False,
            "date": date,
            "readers": [reader],
            "is_public": reader == "public",
            "digest": f"{number:064d}",
            "version": 1,
            "indexed_version": 0,
            "changed_at": datetime.datetime.combine(date, datetime.time(), datetime.UTC),
            "attempts": 0,
            "error": "",
        }
        return row, [(FIRST_PAGE + number, facet, value) for facet, value in filed]

    def _filed(
        self, entity: str, kind: str, code: str, date: datetime.date, reader: str
    ) -> list[tuple[str, str]]:
        some = {
            "group": self._some(self.terms.groups, 2),
            "region": self._some(self.terms.regions, 2),
            "theme": self._some(self.terms.themes, 3),
            "country": self._some(self.terms.countries, 2),
            "author": self._some(self.terms.people, 2),
        }
        return [
            *(("type", value) for value in dict.fromkeys((entity, kind))),
            *((facet, value) for facet, values in some.items() for value in values),
            ("year", str(date.year)),
            ("language", code),
            ("reader", reader),
            *([("recording", "yes")] if entity == "event" and self.chance.random() < 0.3 else []),
        ]

    def _file(self, number: int, code: str, language: Language) -> Row:
        pages = [language.text(6) for _ in range(self.chance.randint(2, 8))]
        return {
            "title": language.title(),
            "url": f"/documents/{number}/paper.pdf",
            "language": code,
            "text": page_marks.marked(pages, 0),
        }

    def _some(self, values: list[str], most: int) -> list[str]:
        return sorted(self.chance.sample(values, min(self.chance.randint(0, most), len(values))))

    def _weighted(self, weights: dict[str, int]) -> str:
        return self.chance.choices(list(weights), weights=list(weights.values()))[0]


def fill(wanted: int) -> None:
    """Write documents until there are so many of them; those that are there stay."""
    there = Document.objects.filter(id__gt=FIRST_PAGE).count()
    made = islice(Maker().documents(), there, wanted)
    while batch := list(islice(made, BATCH)):
        _copy(Document, [list(_stored(row).values()) for row, _ in batch], list(batch[0][0]))
        _copy(
            DocumentFacet,
            [filed for _, facets in batch for filed in facets],
            ["document_id", "facet", "value"],
        )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _copy(model: type, rows: list, columns: list[str]) -> None:
    """Write rows as the database reads them fastest."""
    quote = connection.ops.quote_name
    into = f"{quote(model._meta.db_table)} ({', '.join(map(quote, columns))})"
    if connection.vendor == "sqlite":
        holders = ", ".join(["%s"] * len(columns))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.executemany(f"insert into {into} values ({holders})", rows)  # noqa: S608
        return
    with connection.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def _stored(row: Row) -> Row:
    return {
        name: json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
        for name, value in row.items()
    }


def _slugs(model: type) -> list[str]:
    return sorted(set(model.objects.values_list("slug", flat=True)))
