"""Zip archives and XML from strangers: opened with a limit, read piece by piece.

Entities are refused, so that nothing can be multiplied or fetched; no tree is built, so that only
what is looked at takes memory.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import BinaryIO, NoReturn
from xml.parsers import expat

from .limits import Reason, Unreadable

_OLE = bytes.fromhex("d0cf11e0a1b11ae1")  # how encrypted Office files begin
_CHUNK = 64 * 1024

START, END, TEXT = "start", "end", "text"
Event = tuple[str, str, dict[str, str]]


class Archive:
    """A zip archive from which no more is unpacked than a limit."""

    def __init__(self, file: BinaryIO, limit: int) -> None:
        if file.read(len(_OLE)) == _OLE:
            raise Unreadable(Reason.ENCRYPTED)
        file.seek(0)
        self._zip = zipfile.ZipFile(file)
        self._left = limit

    def __contains__(self, name: str) -> bool:
        return name in self._zip.NameToInfo

    @contextmanager
    def open(self, name: str) -> Iterator[BinaryIO]:
        """Open a part; what is read of it counts."""
        if self._zip.getinfo(name).flag_bits & 1:
            raise Unreadable(Reason.ENCRYPTED)
        with self._zip.open(name) as part:
            yield _Counted(part, self._count)

    def events(self, name: str) -> Iterator[Event]:
        """Yield what stands in an XML part, in its order."""
        with self.open(name) as part:
            yield from xml_events(part)

    def related(self, name: str, element: str) -> Iterator[tuple[dict[str, str], str]]:
        """Yield what an Office part lists as ``element``: its attributes and the part it names."""
        folder, base = posixpath.split(name)
        relations = f"{folder}/_rels/{base}.rels"
        targets = {
            found["Id"]: posixpath.normpath(posixpath.join("/", folder, found["Target"]))[1:]
            for found in elements(self.events(relations), "Relationship")
        }
        for found in elements(self.events(name), element):
            relation = next((found[key] for key in found if key.endswith(" id")), "")
            if targets.get(relation, "") in self:
                yield found, targets[relation]

    def _count(self, read: int) -> None:
        self._left -= read
        if self._left < 0:
            raise Unreadable(Reason.TOO_LARGE)


class _Counted(io.RawIOBase):
    """A part of an archive that tells how much was read of it."""

    def __init__(self, part: BinaryIO, count) -> None:
        self._part, self._count = part, count

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        data = self._part.read(_CHUNK if size < 0 else size)
        self._count(len(data))
        return data


def xml_events(file: BinaryIO) -> Iterator[Event]:
    """Yield ``(START, name, attributes)``, ``(END, name, {})`` and ``(TEXT, characters, {})``.

    Names are without their namespace; those of attributes that have one follow it and a space.
    """
    waiting: list[Event] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.EntityDeclHandler = _refuse
    parser.StartElementHandler = lambda name, found: waiting.append((START, _local(name), found))
    parser.EndElementHandler = lambda name: waiting.append((END, _local(name), {}))
    parser.CharacterDataHandler = lambda text: waiting.append((TEXT, text, {}))
    while chunk := file.read(_CHUNK):
        parser.Parse(chunk)
        yield from waiting
        waiting.clear()
    parser.Parse(b"", True)
    yield from waiting


def elements(events: Iterable[Event], name: str) -> Iterator[dict[str, str]]:
    """Yield the attributes of each element of this name."""
    return (found for event, what, found in events if event == START and what == name)


def _local(name: str) -> str:
    return name.rpartition(" ")[2]


def _refuse(*_: object) -> NoReturn:
    raise Unreadable(Reason.BROKEN)
