#!/usr/bin/env python3
"""Make or refresh the project's environment, .venv, from the pinned requirements.

    python3 scripts/environment.py demo   # what `make run` needs
    python3 scripts/environment.py dev    # what working on the project and its tests need

Needs only Python and a package index. Does nothing when the environment is up to date already;
an environment made for `dev` serves `demo` too. This file keeps to syntax of Python 3.6, so that an
old Python can still read it and say what is wrong.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST = (3, 11)
NEWER_NAMES = ("python3.13", "python3.12", "python3.11", "python3.14")
PROJECT = Path(__file__).resolve().parent.parent
VENV = PROJECT / ".venv"
PYTHON = VENV / "bin" / "python"
UV = VENV / "bin" / "uv"
STAMP = VENV / "installed-requirements"
SETS = ("demo", "dev")  # each holds all of the one before


def requirements(name):
    return PROJECT / "requirements" / f"{name}.txt"


def stamp(name):
    """Return the line that says which requirements an environment holds."""
    return f"{name} {hashlib.sha256(requirements(name).read_bytes()).hexdigest()}"


def installed():
    """Return the line of the environment that is there, or nothing."""
    return STAMP.read_text() if STAMP.exists() else ""


def is_current(wanted):
    """Return whether the environment holds the wanted set or a larger one, as pinned today."""
    enough = SETS[SETS.index(wanted) :]
    return PYTHON.exists() and installed() in [stamp(name) for name in enough]


def use_new_enough_python():
    """Go on with a newer Python of this machine when the running one is too old."""
    if sys.version_info >= OLDEST:
        return
    for name in NEWER_NAMES:
        path = shutil.which(name)
        if path and subprocess.call([path, "-c", ""], stderr=subprocess.DEVNULL) == 0:
            os.execv(path, [path, __file__, *sys.argv[1:]])  # noqa: S606
    oldest, running = ".".join(map(str, OLDEST)), sys.version.split()[0]
    sys.exit(
        f"Python {oldest} or newer is needed, and this is {running}. Install one, or name one "
        "with `make PYTHON=/path/to/python3`."
    )


def is_usable():
    """Return whether there is an environment with pip and a Python that is new enough."""
    question = f"import pip, sys; sys.exit(sys.version_info < {OLDEST})"
    return PYTHON.exists() and subprocess.call([str(PYTHON), "-c", question]) == 0


def make():
    """Make an empty environment."""
    print("Making the environment in .venv", flush=True)
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        sys.exit(
            "The environment could not be made. On Debian and Ubuntu, Python's venv module is a "
            "package of its own: apt-get install python3-venv"
        )


def pip(name, *options):
    """Install one pinned requirements file with pip; return whether it went well."""
    command = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    command += ["--require-hashes", "--requirement", str(requirements(name)), *options]
    return subprocess.call(command) == 0


def has_uv():
    """Return whether uv is there, fetching it when the index has it for this machine."""
    return UV.exists() or pip("uv", "--retries=1", "--only-binary=:all:", "--quiet", "--quiet")


def install_with_uv(name):
    """Make the environment hold exactly the set; return whether it went well."""
    command = [str(UV), "pip", "sync", "--quiet", "--require-hashes", "--compile-bytecode"]
    command += ["--python", str(PYTHON), str(requirements(name))]
    return subprocess.call(command, env={**os.environ, "UV_PYTHON_DOWNLOADS": "never"}) == 0


def install(name):
    print(f"Installing the pinned requirements for {name}", flush=True)
    if has_uv() and install_with_uv(name):
        return
    print("Going on with plain pip; this can take three minutes", flush=True)
    if not pip(name):
        sys.exit(
            "The requirements could not be installed. Is the Python package index within reach? "
            "A mirror or a proxy is named with PIP_INDEX_URL or HTTPS_PROXY."
        )


def main(wanted):
    if is_current(wanted):
        return
    use_new_enough_python()
    if not is_usable():
        make()
    name = "dev" if installed().startswith("dev ") else wanted  # never take tools away
    if STAMP.exists():
        STAMP.unlink()
    install(name)
    STAMP.write_text(stamp(name))


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1] not in SETS:
        sys.exit("usage: environment.py " + "|".join(SETS))
    main(sys.argv[1])
