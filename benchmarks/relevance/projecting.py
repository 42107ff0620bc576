"""Bring the documents of a site, the texts of their files and the indices up to date."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from search.engines.database import indexing
from search.engines.elastic.client import indexing_client
from search.models import FileText
from search.projection import indices
from search.projection.changes import catch_up, mark
from search.projection.extraction.waiting import extract_waiting
from search.projection.reach import EVERYTHING
from search.projection.rebuilding import rebuild

FILES_AT_ONCE = 20


class Unread(Exception):
    """The text of a file is missing, so that figures would be about something else."""


def project() -> None:
    """Build all documents; then again those whose files have been read in between.

    The words of all are indexed anew: how that is done may have changed since.
    """
    mark(EVERYTHING)
    catch_up()
    while extract_waiting(FILES_AT_ONCE):
        catch_up()
    unread = FileText.objects.exclude(state=FileText.State.DONE)
    if names := sorted(unread.values_list("file__file", flat=True)):
        raise Unread(f"Not read: {', '.join(names)}. Remove var/relevance and start again.")
    indexing.reindex()


@contextmanager
def filled_cluster() -> Iterator[None]:
    """Have the documents in an index of their own, as long as it is needed."""
    client = indexing_client()
    try:
        rebuild(client, lambda line: print(line, file=sys.stderr))
        yield
    finally:
        for name in indices.generations(client):
            client.indices.delete(index=name)
