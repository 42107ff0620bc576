"""No registry’s host name, no path of a machine and no bulky file gets into the repository."""

import re
import subprocess
from pathlib import Path

from django.conf import settings

ROOT = Path(settings.BASE_DIR)
# Split so that this file does not find itself.
HOSTS = ["py" + "pi\\.org", "files\\.python" + "hosted", "npm" + "js\\.org", "maven" + "\\.org"]
PATHS = ["/ro" + "ot/", "/wo" + "rk/"]
FORBIDDEN = re.compile("|".join([*HOSTS, *PATHS]))
LARGEST = 600_000


def tracked() -> list[Path]:
    names = subprocess.run(
        ["git", "ls-files", "-z"],  # noqa: S607
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout
    return [ROOT / name for name in names.split("\0") if name and (ROOT / name).exists()]


def test_no_file_names_a_registry_or_this_machine():
    found = []
    for path in tracked():
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
        if FORBIDDEN.search(text):
            found.append(str(path.relative_to(ROOT)))
    assert found == []


def test_no_tracked_file_is_bulky():
    assert [str(path) for path in tracked() if path.stat().st_size > LARGEST] == []
