#!/usr/bin/env python3
"""Prepare the demo site and serve it: what `make run` does once the environment is there.

The steps share one process, because each start of Django costs seconds.
"""

import argparse
import os
import socket
import subprocess
import sys
from pathlib import Path

import django
from django.core.management import call_command

PROJECT = Path(__file__).resolve().parent.parent
MANAGE = PROJECT / "manage.py"


def require_free(host: str, port: int) -> None:
    """Stop with a clear word when something else serves on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as reason:
            sys.exit(f"Port {port} cannot be used ({reason.strerror}): try make run PORT=8001")


def prepare(address: str) -> None:
    """Bring the database up to date and load the demo content if it was never loaded.

    Links in mails and in the heads of pages lead to the address that is served today.
    """
    # In place of this folder, whose elasticsearch.py would hide the client of that name.
    sys.path[0:1] = [str(PROJECT), str(PROJECT / "site")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "decentralization.settings.dev")
    os.environ.setdefault("SITE_ADDRESS", address)
    django.setup()
    call_command("migrate", interactive=False, verbosity=0)
    call_command("load_demo", once=True)
    call_command("move_site")


def start_workers() -> None:
    """Start what keeps the search in step, runs jobs and sends mails; it ends with this process."""
    for worker in (("search_index", "run"), ("run_jobs",)):
        command = [sys.executable, str(MANAGE), *worker, "--attached"]
        subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)


def announce(address: str) -> None:
    """Print where the site is and who can log in there."""
    print(flush=True)
    call_command("demo_logins", address)
    print("\nStop it with Ctrl-C.\n", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args()
    require_free(options.host, options.port)
    address = f"http://{options.host}:{options.port}"
    prepare(address)
    start_workers()
    announce(address)
    server = [sys.executable, str(MANAGE), "runserver", f"{options.host}:{options.port}"]
    os.execv(sys.executable, server)  # noqa: S606


if __name__ == "__main__":
    main()
