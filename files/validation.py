"""What may be uploaded: a file whose content is what its name says."""

import zipfile
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

ZIP = b"PK\x03\x04"
# The part of a ZIP-based format that no other format has.
OFFICE_PARTS = {
    "docx": "word/document.xml",
    "xlsx": "xl/workbook.xml",
    "pptx": "ppt/presentation.xml",
}
MIME_TYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "ods": b"application/vnd.oasis.opendocument.spreadsheet",
    "epub": b"application/epub+zip",
}
TEXTS = {"csv", "txt"}
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
PROGRAMS_AND_ARCHIVES = (b"%PDF-", ZIP, b"MZ", b"\x7fELF", b"Rar!", b"\x1f\x8b")
HEAD = 1024


def check_content(file: BinaryIO, extension: str) -> None:
    """Refuse a file whose first bytes are not those of its format.

    Which extensions are allowed is a setting of Wagtail; a renamed file of another kind stops here.
    """
    extension = extension.lower()
    file.seek(0)
    try:
        if not _is_what_it_says(file, extension):
            raise ValidationError(
                _(
                    "This is not a valid %(format)s file. Save it again in the program that made "
                    "it, or choose another file."
                ),
                code="wrong_content",
                params={"format": extension.upper()},
            )
    finally:
        file.seek(0)


def _is_what_it_says(file: BinaryIO, extension: str) -> bool:
    head = file.read(HEAD)
    if extension == "pdf":
        return b"%PDF-" in head
    if extension in TEXTS:
        is_binary = b"\x00" in head and not head.startswith(UTF_16)
        return not is_binary and not head.startswith(PROGRAMS_AND_ARCHIVES)
    if extension in OFFICE_PARTS or extension in MIME_TYPES:
        return head.startswith(ZIP) and _holds_its_part(file, extension)
    return True


def _holds_its_part(file: BinaryIO, extension: str) -> bool:
    try:
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            if extension in OFFICE_PARTS:
                return OFFICE_PARTS[extension] in archive.namelist()
            # Read with a limit: a small archive may unpack to an endless file.
            with archive.open("mimetype") as part:
                return part.read(100).strip() == MIME_TYPES[extension]
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, NotImplementedError):
        return False
