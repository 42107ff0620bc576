"""Books in the EPUB format: web pages in a zip archive."""

import codecs
import posixpath
from collections.abc import Iterator
from html.parser import HTMLParser
from urllib.parse import unquote

from .archives import Archive, elements
from .limits import Reason, Unreadable

_CONTAINER = "META-INF/container.xml"
_ENCRYPTION = "META-INF/encryption.xml"
_PASSED_OVER = frozenset({"head", "script", "style", "template"})
_IN_LINES = frozenset({"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "i", "q", "small"})
_IN_LINES |= {"span", "strong", "sub", "sup", "u", "wbr"}


def book(archive: Archive) -> Iterator[str]:
    """Yield the text of a book, chapter by chapter; its pages depend on who shows it."""
    locked = set(_encrypted(archive))
    for chapter in _chapters(archive):
        if chapter in locked:
            raise Unreadable(Reason.ENCRYPTED)
        yield from _web_page(archive, chapter)


def _chapters(archive: Archive) -> Iterator[str]:
    """Yield the parts of the book in the order in which they are read."""
    root = next(elements(archive.events(_CONTAINER), "rootfile"))["full-path"]
    folder = posixpath.dirname(root)
    parts = {
        found["id"]: posixpath.normpath(posixpath.join(folder, unquote(found["href"])))
        for found in elements(archive.events(root), "item")
    }
    for found in elements(archive.events(root), "itemref"):
        if parts.get(found["idref"], "") in archive:
            yield parts[found["idref"]]


def _encrypted(archive: Archive) -> Iterator[str]:
    if _ENCRYPTION in archive:
        for found in elements(archive.events(_ENCRYPTION), "CipherReference"):
            yield unquote(found.get("URI", ""))


def _web_page(archive: Archive, name: str) -> Iterator[str]:
    """Yield the text of a page; HTML’s own parser knows no entities but characters’ names."""
    words = _Words(convert_charrefs=True)
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
    with archive.open(name) as part:
        while chunk := part.read():
            words.feed(decoder.decode(chunk))
            yield from words.taken()
    words.close()
    yield from words.taken()
    yield "\n"


class _Words(HTMLParser):
    """What is read of a web page, as far as it was fed."""

    def __init__(self, **switches: bool) -> None:
        super().__init__(**switches)
        self._found: list[str] = []
        self._passed_over = 0

    def taken(self) -> list[str]:
        found, self._found = self._found, []
        return found

    def handle_starttag(self, tag: str, attrs: list) -> None:
        self._passed_over += tag in _PASSED_OVER
        self._gap(tag)

    def handle_startendtag(self, tag: str, attrs: list) -> None:
        self._gap(tag)

    def handle_endtag(self, tag: str) -> None:
        self._passed_over = max(0, self._passed_over - (tag in _PASSED_OVER))
        self._gap(tag)

    def handle_data(self, data: str) -> None:
        if not self._passed_over:
            self._found.append(data)

    def _gap(self, tag: str) -> None:
        if tag not in _IN_LINES:
            self._found.append("\n")
