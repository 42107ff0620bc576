"""Small documents and an index of them in the real cluster."""

import datetime
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from elasticsearch import Elasticsearch
from elasticsearch.helpers import bulk

from search.engines.answers import PUBLIC
from search.engines.elastic import mapping
from search.models import Document
from search.projection import page_marks


@dataclass
class Thing:
    """A document before it is flattened; ``facets`` beside those that follow from it."""

    uid: str
    title: str
    language: str = "en"
    body: str | Mapping[str, str] = ""
    summary: str = ""
    entity: str = "post"
    kind: str = "article"
    date: str = "2026-03-01"
    also_called: Sequence[str] = ()
    labels: str = ""
    family: str = ""
    readers: Sequence[str] = (PUBLIC,)
    files: Mapping[str, Sequence[str]] = field(default_factory=dict)
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    in_every_language: bool = False

    @property
    def document(self) -> Document:
        """The row of the projection, unsaved."""
        body = self.body if isinstance(self.body, Mapping) else {self.language: self.body}
        return Document(
            uid=self.uid,
            family=self.family,
            entity=self.entity,
            kind=self.kind,
            language=self.language,
            title=self.title,
            also_called="\n".join(self.also_called),
            summary=self.summary,
            body=body,
            labels=self.labels,
            files=[
                {
                    "title": title,
                    "url": f"/documents/1/{title}",
                    "language": self.language or "en",
                    "text": page_marks.marked(pages, number),
                }
                for number, (title, pages) in enumerate(self.files.items())
            ],
            url=f"/{self.uid.replace(':', '/')}/",
            in_every_language=self.in_every_language,
            date=datetime.date.fromisoformat(self.date) if self.date else None,
            readers=list(self.readers),
            is_public=PUBLIC in self.readers,
            version=1,
        )

    @property
    def source(self) -> dict:
        """What is stored in the cluster."""
        facets = {
            "type": [self.entity, self.kind],
            "language": [self.language] if self.language else [],
            "year": [self.date[:4]] if self.date else [],
            "reader": self.readers,
            **self.facets,
        }
        return mapping.source(self.document, facets)


@contextmanager
def indexed(url: str, things: Sequence[Thing]) -> Iterator[str]:
    """Give the name of an index of its own with these things, ready to be asked."""
    name = f"tests-elastic-{uuid.uuid4().hex[:12]}"
    with Elasticsearch(url, request_timeout=60) as cluster:
        cluster.indices.create(index=name, **mapping.index_body(replicas=0))
        try:
            lines = ({"_id": thing.uid, "_source": thing.source} for thing in things)
            bulk(cluster, lines, index=name, refresh=True)
            yield name
        finally:
            cluster.indices.delete(index=name)
