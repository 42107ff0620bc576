"""The texts of files as documents carry them, and the asking for those that nobody has read yet."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from files.models import SiteDocument
from search.models import FileText

from .page_marks import FILES_AT_MOST, PAGES_AT_MOST, marked
from .readers import Readers, all_read, readers_of_documents

MOST_BYTES = 200_000
UNREAD = (
    *("file_hash", "state", "pages", "error"),
    *("attempts", "asked_at", "retry_at", "done_at"),
)


class FileTexts:
    """Some files and what is known of their texts: read in the same number of queries for any."""

    def __init__(self, ids: Collection[int]):
        files = SiteDocument.objects.filter(pk__in=ids).exclude(file="") if ids else ()
        self._files = {
            file.pk: file for file in files and files.select_related("collection", "file_text")
        }
        self._readers = readers_of_documents(self._files.values()) if self._files else {}

    def of(self, ids: Iterable[int], readers: Readers) -> list[dict[str, Any]]:
        """Return what a document says of its files; none that some of its readers may not read.

        Of all files together only so much text, in their order; a file that is not read yet, or
        was replaced since, has none.
        """
        open_to_all = [
            self._files[pk]
            for pk in dict.fromkeys(ids)
            if pk in self._files and all_read(readers, self._readers[pk])
        ]
        left = MOST_BYTES
        entries = []
        for place, file in enumerate(open_to_all[:FILES_AT_MOST]):
            pages = _cut(_pages(file), left)
            left -= sum(len(page.encode()) for page in pages)
            entries.append(
                {
                    "title": file.title,
                    "url": file.url,
                    "language": file.language,
                    "text": marked(pages, place),
                }
            )
        return entries


def ask_for(ids: Collection[int]) -> int:
    """Have the texts of these files read that nobody has read in this version; return how many."""
    files = SiteDocument.objects.filter(pk__in=ids).exclude(file="")
    known = FileText.objects.filter(file__in=ids)
    hashes = dict(known.values_list("file", "file_hash"))
    missing = [
        FileText(file_id=pk, file_hash=file_hash)
        for pk, file_hash in files.values_list("pk", "file_hash")
        if hashes.get(pk) != file_hash
    ]
    FileText.objects.bulk_create(
        missing,
        update_conflicts=True,
        unique_fields=["file"],
        update_fields=[
            *("file_hash", "state", "pages", "error", "attempts"),
            *("asked_at", "retry_at", "done_at"),
        ],
    )
    return len(missing)


def _pages(file: SiteDocument) -> Sequence[str]:
    text: FileText | None = getattr(file, "file_text", None)
    is_current = text is not None and text.file_hash == file.file_hash
    return text.pages[:PAGES_AT_MOST] if is_current else ()


def _cut(pages: Sequence[str], most: int) -> list[str]:
    """Return the first pages, and of the last of them the beginning, in so many bytes."""
    kept = []
    for page in pages:
        written = page.encode(errors="ignore")[: max(most, 0)]
        kept.append(written.decode(errors="ignore"))
        most -= len(written)
        if most <= 0:
            break
    return kept
