"""PDF files."""

from collections.abc import Iterator
from typing import BinaryIO

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from .limits import Reason, Unreadable
from .pieces import NEXT_PAGE

_FAULTS = (PyPdfError, ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError)


def pdf(file: BinaryIO) -> Iterator[str]:
    """Yield the text of each page; one that cannot be read is an empty page.

    A file that only its editing needs a password for is read like any other.
    """
    reader = PdfReader(file)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Unreadable(Reason.ENCRYPTED)
    for page in reader.pages:
        yield _text(page)
        yield NEXT_PAGE


def _text(page: PageObject) -> str:
    try:
        return page.extract_text()
    except (*_FAULTS, RecursionError):
        return ""
