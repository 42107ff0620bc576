"""What can be read from a file without trusting it."""

import logging
from typing import BinaryIO

from pypdf import PdfReader
from pypdf.errors import PyPdfError

logger = logging.getLogger(__name__)


def count_pages(file: BinaryIO, extension: str) -> int | None:
    """Return the number of pages of a PDF; ``None`` for other or unreadable files."""
    if extension.lower() != "pdf":
        return None
    try:
        file.seek(0)
        return len(PdfReader(file).pages)
    except (PyPdfError, OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        logger.info("A PDF could not be read: %s", error)
        return None
    finally:
        file.seek(0)
