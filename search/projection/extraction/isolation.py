"""Read a file in a process of its own, which a hostile file may take down alone."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import BinaryIO

from .limits import Limits, Reason

logger = logging.getLogger(__name__)

_ROOT = Path(__file__).resolve().parents[3]
_SIGXCPU = 24


@dataclass(frozen=True)
class Reading:
    """What was read of a file, page by page, and why not more of it."""

    pages: tuple[str, ...] = ()
    reason: Reason | None = None

    @property
    def has_text(self) -> bool:
        """Whether there is a letter or digit at all; scanned pages have none."""
        return any(letter.isalnum() for page in self.pages for letter in page)


def read_apart(file: BinaryIO, extension: str, limits: Limits | None = None) -> Reading:
    """Return the text of an open file, within the limits whatever the file does."""
    limits = limits or Limits()
    with TemporaryFile() as copy, TemporaryFile() as answer, TemporaryFile() as complaint:
        # A file in a distant storage has no descriptor that a process could be given.
        if not _copy(file, copy, limits.size):
            return Reading(reason=Reason.TOO_LARGE)
        code = _run(extension, limits, copy, answer, complaint)
        lines = list(_lines(answer))
        if code:
            complaint.seek(max(0, complaint.seek(0, os.SEEK_END) - 500))
            logger.info("A %s file was not read: %s", extension, complaint.read().decode())
    return _reading(lines, code)


def _copy(file: BinaryIO, copy: BinaryIO, size: int) -> bool:
    """Copy the file; return whether it is small enough."""
    while (chunk := file.read(1024 * 1024)) and copy.tell() <= size:
        copy.write(chunk)
    small_enough = copy.tell() <= size
    copy.seek(0)
    return small_enough


def _run(
    extension: str, limits: Limits, copy: BinaryIO, answer: BinaryIO, complaint: BinaryIO
) -> int:
    """Let the child read; return how it ended, with the signal that the system uses if late."""
    command = [sys.executable, "-m", f"{__package__}.child", extension, json.dumps(asdict(limits))]
    try:
        return subprocess.run(  # noqa: S603
            command,
            stdin=copy,
            stdout=answer,
            stderr=complaint,
            cwd=_ROOT,
            env={"PYTHONIOENCODING": "utf-8"},  # no password of the site is in its reach
            timeout=limits.seconds,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired:
        return -_SIGXCPU


def _lines(answer: BinaryIO) -> Iterator[dict[str, str]]:
    """Yield what the child said, up to a line in which it was interrupted."""
    answer.seek(0)
    for line in answer:
        if not line.endswith(b"\n"):
            return
        yield json.loads(line)


def _reading(lines: list[dict[str, str]], code: int) -> Reading:
    """Return what the child’s words and its end mean."""
    pages = tuple(line["page"] for line in lines if "page" in line)
    if lines and "end" in lines[-1]:
        said = lines[-1]["end"]
        return Reading(pages, Reason(said) if said else None)
    if code < 0:
        # The system ends who takes too much time with one signal, and too much memory with others.
        return Reading(pages, Reason.TOO_SLOW if code == -_SIGXCPU else Reason.TOO_MUCH_MEMORY)
    return Reading(pages, Reason.BROKEN)
