"""Files that are nothing but text."""

import codecs
from collections.abc import Iterator
from typing import BinaryIO

_CHUNK = 64 * 1024
_BYTE_ORDERS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}


def plain(file: BinaryIO) -> Iterator[str]:
    """Yield the text: Unicode, or else the encoding that Windows uses in the West."""
    decoder = codecs.getincrementaldecoder(_encoding(file))(errors="replace")
    while chunk := file.read(_CHUNK):
        yield decoder.decode(chunk)


def _encoding(file: BinaryIO) -> str:
    head = file.read(_CHUNK)
    file.seek(0)
    for mark, encoding in _BYTE_ORDERS.items():
        if head.startswith(mark):
            return encoding
    try:
        # The last character of a piece may be cut in two, which is no fault.
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"
