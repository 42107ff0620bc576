"""A real cluster with an index of the test’s own."""

import uuid
from collections.abc import Iterator

import pytest
from elasticsearch import Elasticsearch

from search.engines.elastic.client import indexing_client
from search.projection import rebuilding


@pytest.fixture
def empty_cluster(db, settings, elasticsearch_url: str) -> Iterator[Elasticsearch]:
    """A cluster in which the site has no index yet."""
    settings.ELASTICSEARCH_URL = elasticsearch_url
    settings.ELASTICSEARCH_INDEX = f"feeding-{uuid.uuid4().hex[:12]}"
    settings.ELASTICSEARCH_REPLICAS = 0
    client = indexing_client()
    yield client
    names = client.indices.get(index=f"{settings.ELASTICSEARCH_INDEX}*", allow_no_indices=True)
    for name in names.body:
        client.indices.delete(index=name)


@pytest.fixture
def cluster(empty_cluster: Elasticsearch) -> Elasticsearch:
    """A cluster with an empty index in use."""
    rebuilding.rebuild(empty_cluster, lambda line: None)
    return empty_cluster
