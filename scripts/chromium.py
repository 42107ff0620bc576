#!/usr/bin/env python3
"""Print the path of the Chromium that the browser tests drive, or say how to get one.

CHROMIUM names one explicitly.
"""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
ADVICE = "install it (Debian: apt-get install chromium) or name one with CHROMIUM"


def find() -> str | None:
    """Return the program's path; a CHROMIUM that is not a program counts as none at all."""
    named = os.environ.get("CHROMIUM")
    candidates = [named] if named else NAMES
    return next(filter(None, map(shutil.which, candidates)), None)


if __name__ == "__main__":
    path = find()
    if path is None:
        sys.exit(f"chromium: no Chromium was found: {ADVICE}")
    print(path)
