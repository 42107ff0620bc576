"""From ids to what is shown of each result: where the words stand in its title and its texts."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from search.engines.answers import Hit, InFile, Passage
from search.models import Document
from search.projection import page_marks
from search.words.passages import Finder, Piece

from .rows import Row

# What a result needs of its document; the rest of it can be long.
COLUMNS = (
    "uid",
    "title",
    "url",
    "entity",
    "kind",
    "language",
    "date",
    "in_every_language",
    "summary",
)
AROUND = 1000  # letters around a hit in a file, among which there is a mark of its page


def hits(rows: Sequence[Row], finder: Finder, language: str) -> tuple[Hit, ...]:
    """Return what is shown of these rows, in their order; one query."""
    documents = Document.objects.only(*COLUMNS, "body", "files").in_bulk([row.id for row in rows])
    return tuple(
        _hit(row, documents[row.id], finder, language) for row in rows if row.id in documents
    )


def plain(row: Row, document: Document) -> Hit:
    """Return a result as it is shown where no words are looked for."""
    return Hit(
        uid=document.uid,
        title=document.title,
        url=document.url,
        entity=document.entity,
        kind=document.kind,
        language=document.language,
        score=row.score,
        date=document.date,
        groups=row.values("group"),
        in_every_language=document.in_every_language,
        passage=Passage(document.summary),
    )


def _hit(row: Row, document: Document, finder: Finder, language: str) -> Hit:
    passage, in_file = _best(document, finder, language)
    return replace(
        plain(row, document),
        title_hits=finder.hits(document.title, document.language),
        passage=passage,
        in_file=in_file,
    )


def _best(document: Document, finder: Finder, language: str) -> tuple[Passage, InFile | None]:
    """Return the piece that answers most of what is wanted, and its file if it is in one.

    The summary comes before the body and both before files, which are only read where the others
    do not say it all.
    """
    best, file = Piece(document.summary), None
    for text, spoken, source in _texts(document, language):
        piece = finder.best(text, spoken)
        if piece.parts > best.parts or not best.text:
            best, file = piece, source and _in_file(source, piece)
        if best.text and best.parts == finder.parts:
            break
    return Passage(best.text, best.hits), file


def _texts(document: Document, language: str) -> Iterator[tuple[str, str, Mapping | None]]:
    """Yield the texts of a document with their languages, and the file of those that are of one.

    Of texts in several languages, the one in the reader’s language comes first.
    """
    yield document.summary, document.language, None
    for spoken in sorted(document.body, key=lambda spoken: spoken != language):
        yield document.body[spoken], spoken, None
    for file in document.files:
        yield file["text"], file["language"], file


def _in_file(file: Mapping, piece: Piece) -> InFile:
    start = max(0, piece.at - AROUND)
    place = page_marks.place(file["text"][start : piece.at + AROUND], piece.at - start)
    return InFile(file["title"], file["url"], file["language"], page=place[1] if place else 0)
