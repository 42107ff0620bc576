"""Office documents, of Microsoft’s and of the open formats: XML in zip archives."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from .archives import END, START, TEXT, Archive, Event, elements
from .limits import Reason, Unreadable
from .pieces import NEXT_PAGE


@dataclass(frozen=True)
class Dialect:
    """Which elements hold text, end a line or a page, stand for a space, or are passed over."""

    holds: frozenset[str]
    ends_line: frozenset[str] = frozenset()
    ends_page: frozenset[str] = frozenset()
    spaces: frozenset[str] = frozenset()
    passed_over: frozenset[str] = frozenset()
    named_by: dict[str, str] = field(default_factory=dict)


# A word processor’s text; what stands in a Fallback stands elsewhere too.
WORDS = Dialect(
    holds=frozenset({"t"}),
    ends_line=frozenset({"p", "tc"}),
    spaces=frozenset({"tab", "br", "cr"}),
    passed_over=frozenset({"Fallback"}),
)
SLIDES = Dialect(
    holds=frozenset({"t"}), ends_line=frozenset({"p"}), spaces=frozenset({"br", "tab"})
)
SHARED_STRINGS = Dialect(
    holds=frozenset({"t"}), ends_page=frozenset({"si"}), passed_over=frozenset({"rPh"})
)
OPEN_TEXT = Dialect(
    holds=frozenset({"p", "h"}),
    ends_line=frozenset({"p", "h"}),
    spaces=frozenset({"s", "tab", "line-break"}),
    passed_over=frozenset({"annotation", "tracked-changes"}),
)
OPEN_SHEETS = Dialect(
    holds=OPEN_TEXT.holds,
    ends_line=OPEN_TEXT.ends_line,
    ends_page=frozenset({"table"}),
    spaces=OPEN_TEXT.spaces,
    passed_over=OPEN_TEXT.passed_over,
    named_by={"table": "urn:oasis:names:tc:opendocument:xmlns:table:1.0 name"},
)


def text_of(events: Iterable[Event], dialect: Dialect) -> Iterator[str]:
    """Yield the text, with a line feed where a line ends and a form feed where a page does."""
    held = passed_over = 0
    for event, what, found in events:
        if event == TEXT:
            if held and not passed_over:
                yield what
            continue
        step = 1 if event == START else -1
        held += step * (what in dialect.holds)
        passed_over += step * (what in dialect.passed_over)
        yield from _gap(event, what, found, dialect)


def _gap(event: str, what: str, found: dict[str, str], dialect: Dialect) -> Iterator[str]:
    """Yield what an element itself adds to the text at its start or end."""
    if event == START and what in dialect.spaces:
        yield " "
    elif event == START and what in dialect.named_by:
        yield found.get(dialect.named_by[what], "") + "\n"
    elif event == END and what in dialect.ends_line:
        yield "\n"
    elif event == END and what in dialect.ends_page:
        yield NEXT_PAGE


def word_processor(archive: Archive) -> Iterator[str]:
    """Yield the text of a DOCX file, then its notes; it has no pages before it is printed."""
    for part in ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml"):
        if part in archive:
            yield from text_of(archive.events(part), WORDS)


def presentation(archive: Archive) -> Iterator[str]:
    """Yield the text of a PPTX file; its pages are the slides, in the order they are shown."""
    for _, slide in archive.related("ppt/presentation.xml", "sldId"):
        yield from text_of(archive.events(slide), SLIDES)
        yield NEXT_PAGE


def workbook(archive: Archive) -> Iterator[str]:
    """Yield the words of an XLSX file, not its numbers; its pages are the sheets."""
    shared: list[str] = []
    if "xl/sharedStrings.xml" in archive:
        text = "".join(text_of(archive.events("xl/sharedStrings.xml"), SHARED_STRINGS))
        shared = text.split(NEXT_PAGE)
    for found, sheet in archive.related("xl/workbook.xml", "sheet"):
        yield found.get("name", "") + "\n"
        yield from _cells(archive.events(sheet), shared)
        yield NEXT_PAGE


def _cells(events: Iterable[Event], shared: list[str]) -> Iterator[str]:
    """Yield the words in a sheet’s cells: shared strings by their number, or the words themselves.

    ``v`` holds a value and ``t`` words in the cell; the type of the cell says what a value means.
    """
    kind = inside = ""
    for event, what, found in events:
        if event == START:
            kind = found.get("t", "") if what == "c" else kind
            inside = what
        elif event == END:
            inside = ""
            yield "\n" if what == "c" else ""
        elif inside == "v" and kind == "s" and what.isdecimal() and int(what) < len(shared):
            yield shared[int(what)]
        elif (inside == "v" and kind == "str") or inside == "t":
            yield what


def open_text(archive: Archive) -> Iterator[str]:
    """Yield the text of an ODT file; it has no pages before it is printed."""
    _refuse_encrypted(archive)
    return text_of(archive.events("content.xml"), OPEN_TEXT)


def open_sheets(archive: Archive) -> Iterator[str]:
    """Yield the text of an ODS file; its pages are the sheets."""
    _refuse_encrypted(archive)
    return text_of(archive.events("content.xml"), OPEN_SHEETS)


def _refuse_encrypted(archive: Archive) -> None:
    manifest = "META-INF/manifest.xml"
    if manifest in archive and list(elements(archive.events(manifest), "algorithm")):
        raise Unreadable(Reason.ENCRYPTED)
