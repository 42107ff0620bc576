"""What a real cluster holds and what it should hold, and rows to send there."""

import datetime
import itertools
from collections.abc import Iterator
from contextlib import contextmanager

from elasticsearch import Elasticsearch

from search.engines.elastic.client import index
from search.models import Document
from search.projection import changes

_numbers = itertools.count(1)
CHANGED_AT = datetime.datetime(2026, 11, 22, 12, 0, tzinfo=datetime.UTC)


def make_row(title: str = "", **fields) -> Document:
    """Return a public document that was built and not sent yet."""
    number = next(_numbers)
    return Document.objects.create(
        **{
            "uid": f"page:{number}",
            "entity": "post",
            "kind": "blog",
            "language": "en",
            "title": title or f"Cadastres {number}",
            "readers": ["public"],
            "is_public": True,
            "version": changes.last_version(),
            "changed_at": CHANGED_AT,
        }
        | fields
    )


def change(row: Document, **fields) -> None:
    """Write the row anew, as building it does."""
    fields |= {"version": changes.last_version()}
    Document.objects.filter(pk=row.pk).update(**fields)


def bury(row: Document) -> None:
    """Leave a tombstone."""
    said = dict.fromkeys(("title", "summary", "also_called", "labels"), "")
    change(row, **said, is_public=False, deleted_at=CHANGED_AT)


def should_hold() -> dict[str, int]:
    """Return the version of every document of the projection."""
    return dict(Document.objects.filter(deleted_at=None).values_list("uid", "version"))


def holds(client: Elasticsearch, name: str = "") -> dict[str, int]:
    """Return the version of every document that an index holds."""
    name = name or index()
    client.indices.refresh(index=name)
    found = client.search(index=name, size=5000, source=False, version=True)
    return {hit["_id"]: hit["_version"] for hit in found["hits"]["hits"]}


@contextmanager
def read_only(client: Elasticsearch) -> Iterator[None]:
    """Let the index take no writes, as a cluster does whose disk is full."""
    block = "index.blocks.read_only_allow_delete"
    client.indices.put_settings(index=index(), settings={block: True})
    try:
        yield
    finally:
        client.indices.put_settings(index=index(), settings={block: None})
