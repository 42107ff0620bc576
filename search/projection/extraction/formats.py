"""Which reader reads which files."""

from collections.abc import Callable, Iterator, Mapping
from typing import BinaryIO

from .archives import Archive
from .books import book
from .limits import Limits, Reason, Unreadable
from .office import open_sheets, open_text, presentation, word_processor, workbook
from .pdf import pdf
from .plain import plain

FILES: Mapping[str, Callable[[BinaryIO], Iterator[str]]] = {
    "csv": plain,
    "pdf": pdf,
    "txt": plain,
}
ARCHIVES: Mapping[str, Callable[[Archive], Iterator[str]]] = {
    "docx": word_processor,
    "epub": book,
    "ods": open_sheets,
    "odt": open_text,
    "pptx": presentation,
    "xlsx": workbook,
}


def pieces_of(file: BinaryIO, extension: str, limits: Limits) -> Iterator[str]:
    """Return the text of a file in pieces, pages ended by ``NEXT_PAGE``."""
    if extension in FILES:
        return FILES[extension](file)
    if extension in ARCHIVES:
        return ARCHIVES[extension](Archive(file, limits.unpacked))
    raise Unreadable(Reason.UNKNOWN_FORMAT)
