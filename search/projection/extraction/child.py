"""The process that reads one file: from its standard input, whose name it is never told.

    python -m search.projection.extraction.child pdf '{"seconds": 30, …}'

It writes each page as a line of JSON as soon as it has it, so that what was read stays read if
the process is ended. A file that it cannot read ends it with the reason as last line, or, where
nobody foresaw the fault, with an ordinary traceback.
"""

import json
import logging
import os
import resource
import sys
from contextlib import suppress
from typing import BinaryIO, TextIO

from .formats import pieces_of
from .limits import MEBIBYTE, Limits, Reason, Unreadable
from .pieces import pages_of


def restrict(limits: Limits) -> None:
    """Give up what reading does not need; the system ends the process at the limits."""
    os.nice(10)
    most = {
        resource.RLIMIT_AS: limits.memory,
        resource.RLIMIT_CPU: limits.seconds,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 16 * MEBIBYTE,
    }
    for name, value in most.items():
        # macOS knows no limit of memory.
        with suppress(ValueError):
            resource.setrlimit(name, (value, value))


def read(file: BinaryIO, extension: str, limits: Limits, answer: TextIO) -> None:
    """Write the pages, then why there are no more if that is not the file’s own end."""
    reason = ""
    try:
        for page in pages_of(pieces_of(file, extension, limits), limits):
            print(json.dumps({"page": page}), file=answer, flush=True)
    except Unreadable as error:
        reason = error.reason
    except MemoryError:
        reason = Reason.TOO_MUCH_MEMORY
    print(json.dumps({"end": reason}), file=answer)


def main() -> None:
    """Read the file that stands open as the standard input."""
    extension, limits = sys.argv[1], Limits(**json.loads(sys.argv[2]))
    restrict(limits)
    logging.disable(logging.CRITICAL)
    read(sys.stdin.buffer, extension, limits, sys.stdout)


if __name__ == "__main__":
    main()
