"""Which pages and people hold the words, according to Wagtail’s search index in the database.

The index is Wagtail’s own (``IndexEntry``), filled by its signals and by ``manage.py
update_index``. It is read here in one query for all kinds of content. Wagtail’s ``search()`` asks
for each model apart and, on SQLite, looks every single hit up again to learn its score: 2,000 hits
take it seconds, and this a few milliseconds.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from wagtail.search.models import IndexEntry

from pages.models import SitePage
from people.models import Person

from . import query
from .page_types import page_types

# A title says more than a text: hits in titles weigh six times as much.
SQLITE = """
    select entry.content_type_id, entry.object_id,
           -bm25(wagtailsearch_indexentry_fts, 0.0, 1.0, 6.0)
    from wagtailsearch_indexentry_fts
    join wagtailsearch_indexentry entry on entry.id = wagtailsearch_indexentry_fts.rowid
    where wagtailsearch_indexentry_fts match %s
"""
POSTGRESQL = """
    select content_type_id, object_id,
           6 * title_norm * ts_rank(title, wanted) + ts_rank(body, wanted)
    from wagtailsearch_indexentry, to_tsquery(%s) wanted
    where (title || body) @@ wanted
"""

# Wagtail puts a comma between the blocks of a text, also where a sentence has ended.
COMMA_BETWEEN_BLOCKS = re.compile(r"(?<=[.!?:;…”»]), ")


@dataclass(frozen=True)
class Matches:
    """The ids of what holds the words, each with its score; the higher the better."""

    pages: dict[int, float] = field(default_factory=dict)
    people: dict[int, float] = field(default_factory=dict)


def matches(words: Sequence[str]) -> Matches:
    """Return everything in the index that holds all of the words, public or not."""
    found = Matches()
    pages = {content_type.pk for content_type in _content_types(page_types())}
    people = {content_type.pk for content_type in _content_types([Person])}
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL, [query.tsquery(words)])
        else:
            cursor.execute(SQLITE, [query.fts5(words)])
        for content_type, object_id, score in cursor.fetchall():
            if content_type in pages:
                found.pages[int(object_id)] = score
            elif content_type in people:
                found.people[int(object_id)] = score
    return found


def texts(pages: Sequence[int], people: Sequence[int]) -> dict[tuple[str, int], str]:
    """Return the indexed text of each page and person, by ``("page" or "person", id)``.

    The names and tags of a page, which follow its text in the index, are left out.
    """
    person = ContentType.objects.get_for_model(Person)
    body = "body_text" if connection.vendor == "postgresql" else "body"
    entries = IndexEntry.objects.filter(
        content_type__in=_content_types(page_types()), object_id__in=[str(pk) for pk in pages]
    ) | IndexEntry.objects.filter(content_type=person, object_id__in=[str(pk) for pk in people])
    return {
        ("person" if content_type == person.pk else "page", int(pk)): _readable(text or "")
        for content_type, pk, text in entries.values_list("content_type_id", "object_id", body)
    }


def _readable(text: str) -> str:
    before, _sign, after = text.rpartition(SitePage.END_OF_TEXT)
    return COMMA_BETWEEN_BLOCKS.sub(" ", before or after)


def _content_types(models: Sequence[type]) -> list[ContentType]:
    return list(ContentType.objects.get_for_models(*models).values())
