"""The demo site as a real server in a folder of its own: what the browser tests visit."""

import contextlib
import email
import email.message
import email.policy
import fcntl
import os
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.services.plugin import HOLDER

PROJECT = Path(__file__).resolve().parents[2]
MANAGE = [sys.executable, str(PROJECT / "manage.py")]
STARTS_WITHIN_SECONDS = 60


@dataclass(frozen=True)
class DemoSite:
    """A site that is being served, and the folder with everything it keeps."""

    address: str
    folder: Path

    @property
    def host(self) -> str:
        return self.address.removeprefix("http://")

    def page_id(self, slug: str) -> int:
        """Return the number of a page, which only the admin shows."""
        database = f"file:{self.folder / 'db.sqlite3'}?mode=ro"
        with contextlib.closing(sqlite3.connect(database, uri=True)) as connection:
            rows = connection.execute("SELECT id FROM wagtailcore_page WHERE slug = ?", [slug])
            return min(row[0] for row in rows)

    def manage(self, *arguments: str) -> None:
        """Run a command of manage.py on this site."""
        environment = _environment(self.folder, self.address)
        subprocess.run([*MANAGE, *arguments], env=environment, check=True)

    def mails(self, recipient: str) -> list[email.message.EmailMessage]:
        """Return the mails that left for somebody, oldest first."""
        files = sorted((self.folder / "mail").glob("*.log"), key=lambda file: file.stat().st_mtime)
        letters = [letter for file in files for letter in _letters(file)]
        return [letter for letter in letters if recipient in letter["To"]]


def _letters(file: Path) -> Iterator[email.message.EmailMessage]:
    """Read what Django's file backend writes: letters with a line of dashes after each."""
    for letter in file.read_bytes().split(b"\n" + b"-" * 79 + b"\n"):
        if letter.strip():
            yield email.message_from_bytes(letter, policy=email.policy.default)


def demo_site(folder: Path) -> DemoSite:
    """Return the site in the folder, made and started by whichever worker asks first."""
    folder.mkdir(exist_ok=True)
    with _alone(folder / "lock"):
        kept = folder / "address"
        if not kept.exists():
            port = _free_port()
            address = f"http://127.0.0.1:{port}"
            environment = _environment(folder, address)
            _prepare(environment)
            _serve(environment, port, log=folder / "server.log")
            kept.write_text(address)
        return DemoSite(kept.read_text(), folder)


def guarded_site(site: DemoSite) -> DemoSite:
    """Return the same site on another server, which asks the secretariat for a second factor."""
    with _alone(site.folder / "lock"):
        kept = site.folder / "guarded-address"
        if not kept.exists():
            port = _free_port()
            address = f"http://localhost:{port}"
            guard = {"SECOND_FACTOR_REQUIRED": "true"}
            _serve(_environment(site.folder, address) | guard, port, site.folder / "guarded.log")
            kept.write_text(address)
        return DemoSite(kept.read_text(), site.folder)


@contextlib.contextmanager
def _alone(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _environment(folder: Path, address: str) -> dict[str, str]:
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.browser.settings",
        "PYTHONPATH": f"{PROJECT}{os.pathsep}{PROJECT / 'site'}",
        "DEMO_SITE_FOLDER": str(folder),
        "SITE_ADDRESS": address,
        "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "MAIL_TRANSPORT": "django.core.mail.backends.filebased.EmailBackend",
        "CACHE_URL": "locmem://",
    }


def _prepare(environment: dict[str, str]) -> None:
    """Make the static files while the database is filled."""
    collect = [*MANAGE, "collectstatic", "--noinput", "--verbosity=0"]
    with subprocess.Popen(collect, env=environment) as static_files:
        for arguments in (
            ["migrate", "--verbosity=0"],
            ["load_demo"],
            ["search_index", "run", "--once"],
        ):
            subprocess.run([*MANAGE, *arguments], env=environment, check=True)
    assert static_files.returncode == 0


def _serve(environment: dict[str, str], port: int, log: Path) -> None:
    """Start the server, which ends with this session of tests, and wait until it answers."""
    command = [sys.executable, "-m", "tests.browser.server", os.environ[HOLDER], str(port)]
    with log.open("wb") as output:
        subprocess.Popen(
            command,
            cwd=PROJECT,
            env=environment,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    _wait_for(environment["SITE_ADDRESS"], log)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _wait_for(address: str, log: Path) -> None:
    give_up_at = time.monotonic() + STARTS_WITHIN_SECONDS
    while time.monotonic() < give_up_at:
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(address).close()  # noqa: S310 - an address of our own
            return
        time.sleep(0.2)
    raise AssertionError(f"The demo site does not answer:\n{log.read_text()}")
