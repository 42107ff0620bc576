"""What the search in the database reads of each document."""

from django.db import models

from .documents import Document


class Entry(models.Model):
    """The line of a document in the search in the database: everything but its words, in short.

    The words stand beside it in what each database has for them: a table of FTS5 on SQLite,
    columns of this table that Django does not know on PostgreSQL. ``facets`` are lines
    ``facet=value``; ``name`` is the title in folded words.
    """

    document = models.OneToOneField(
        Document, on_delete=models.CASCADE, primary_key=True, related_name="entry"
    )
    entity = models.CharField(max_length=40)
    language = models.CharField(max_length=10, blank=True)
    date = models.DateField(null=True)
    is_public = models.BooleanField()
    name = models.TextField(blank=True)
    facets = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.name
