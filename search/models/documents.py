"""The projection: one row for each thing that can be found, and the outbox that keeps it right."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from files.models import SiteDocument


class Change(models.Model):
    """Something has changed: written in the transaction of the change, taken by the indexer.

    ``what`` names the documents concerned (see ``search.projection.reach``). Versions of documents
    are numbers of the same count. A document that cannot be built leaves its change here, with
    the error, to be tried again.
    """

    what = models.CharField(max_length=300)
    marked_at = models.DateTimeField(auto_now_add=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.what


class Document(models.Model):
    """A thing that can be found, as the engines index it.

    It is the source of the search in the database, the input of every rebuild, the outbox of the
    cluster and the truth with which it is compared. A row that has gone (``deleted_at``) stays as
    a tombstone without text until the cluster has confirmed its end.

    ``family`` is what the versions of one thing in several languages share, by default the ``uid``.
    ``body`` is ``{language: text}``; ``files`` is a list of ``{"title", "url", "language",
    "text"}`` whose text carries page marks (``search.projection.page_marks``). ``readers`` are the
    tokens of which a reader needs one (``search.projection.readers``).
    """

    uid = models.CharField(max_length=80, unique=True)
    family = models.CharField(max_length=80, blank=True)
    entity = models.CharField(max_length=40)
    kind = models.CharField(max_length=40)
    language = models.CharField(max_length=10, blank=True)
    title = models.TextField()
    also_called = models.TextField(blank=True)
    summary = models.TextField(blank=True)
    body = models.JSONField(default=dict)
    labels = models.TextField(blank=True)
    files = models.JSONField(default=list)
    url = models.TextField(blank=True)
    in_every_language = models.BooleanField(default=False)
    date = models.DateField(null=True, blank=True)
    readers = models.JSONField(default=list)
    is_public = models.BooleanField(default=False)

    digest = models.CharField(max_length=64, blank=True)
    version = models.BigIntegerField(default=0)
    indexed_version = models.BigIntegerField(default=0)
    changed_at = models.DateTimeField()
    deleted_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True, blank=True)
    error = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["version"],
                name="documents_to_send",
                condition=models.Q(version__gt=models.F("indexed_version")),
            ),
            models.Index(fields=["date", "id"], name="documents_by_date"),
        ]
        constraints = [
            models.CheckConstraint(
                name="a_tombstone_says_nothing",
                condition=models.Q(deleted_at__isnull=True)
                | models.Q(title="", summary="", also_called="", labels="", is_public=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.uid} {self.title}"


class DocumentFacet(models.Model):
    """A value under which a document can be narrowed; ``reader`` rows say who may read it."""

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="facets")
    facet = models.CharField(max_length=20)
    value = models.CharField(max_length=255)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["facet", "value", "document"], name="one_facet_value_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.facet}={self.value}"


class FileText(models.Model):
    """The text of one version of a file, page by page, extracted once in the background.

    ``error`` says why there is none, or why it is not the whole text. Whoever extracts it sets
    ``retry_at`` first, so that nobody else takes it before then.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DONE = "done", _("done")
        WITHOUT_TEXT = "without-text", _("without text")
        FAILED = "failed", _("failed")

    file = models.OneToOneField(SiteDocument, on_delete=models.CASCADE, related_name="file_text")
    file_hash = models.CharField(max_length=40)
    state = models.CharField(max_length=20, choices=State, default=State.WAITING)
    pages = models.JSONField(default=list)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    asked_at = models.DateTimeField(auto_now_add=True)
    retry_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.file} ({self.state})"
