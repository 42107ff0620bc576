"""What the scripts that start a real server for tests have in common. Standard library only.

A service belongs to one clone of the project. Whoever starts it becomes a holder: a process id,
or 0 for a person at the keyboard. The service stops when its last living holder lets go, so two
test runs of the same clone share it and neither stops it under the other.
"""

import argparse
import fcntl
import hashlib
import json
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
BY_HAND = 0


class Unavailable(Exception):
    """The service cannot be had on this machine; the message says why and what would help."""


def cache() -> Path:
    """Return the folder of downloads, shared by every clone and readable for the server's user."""
    default = Path("/var/cache") if is_root() else Path.home() / ".cache"
    folder = Path(os.environ.get("SERVICES_CACHE") or default / "decentralization-net")
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def is_root() -> bool:
    return os.geteuid() == 0


def run_as() -> dict:
    """Return the subprocess arguments for a server that refuses to run as root."""
    if not is_root():
        return {}
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


class Service:
    """One server of this clone: its folder, its log, and who still needs it."""

    def __init__(self, name: str, ending: signal.Signals) -> None:
        self.name = name
        self.ending = ending  # what asks the server for a quick, orderly end
        clone = hashlib.sha256(str(PROJECT).encode()).hexdigest()[:10]
        base = Path(tempfile.gettempdir(), f"decentralization-net-{os.geteuid()}-{clone}")
        base.mkdir(mode=0o711, exist_ok=True)
        if base.stat().st_uid != os.geteuid():
            raise Unavailable(f"{base} belongs to somebody else")
        self.folder = base / name
        self.record = base / f"{name}.json"
        self.log = base / f"{name}.log"
        self.lock = base / f"{name}.lock"

    @contextmanager
    def locked(self) -> Iterator[None]:
        with self.lock.open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def running(self) -> dict | None:
        """Return the record of the running server with its living holders, or None."""
        try:
            record = json.loads(self.record.read_text())
        except (FileNotFoundError, json.JSONDecodeError):
            return None
        if not self.owns(record["pid"]):
            return None
        holders = [pid for pid in record["holders"] if pid == BY_HAND or is_alive(pid)]
        return record | {"holders": holders}

    def owns(self, pid: int) -> bool:
        """Return whether the process is this server, and not a later one with the same number."""
        try:
            return bytes(self.folder) in Path(f"/proc/{pid}/cmdline").read_bytes()
        except FileNotFoundError:
            return not Path("/proc/self").exists() and is_alive(pid)

    def empty_folder(self) -> Path:
        """Return the server's own folder, new and owned by the user it will run as."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(mode=0o700)
        self.own(self.folder)
        return self.folder

    def own(self, *paths: Path) -> None:
        """Give files that root wrote to the server's user."""
        user = run_as()
        for path in paths if user else ():
            os.chown(path, user["user"], user["group"])

    def launch(self, command: list[str], **options) -> subprocess.Popen:
        """Start the server in a process group of its own, its output in the log."""
        with self.log.open("w") as log:
            return subprocess.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **run_as(),
                **options,
            )

    def wait(self, process: subprocess.Popen, ready: Callable[[], bool], seconds: int) -> None:
        """Return when the server is ready; raise Unavailable when it ends or stays silent."""
        deadline = time.monotonic() + seconds
        while time.monotonic() < deadline:
            if process.poll() is not None:
                raise Unavailable(f"it ended at once. {self.last_words()}")
            if ready():
                return
            time.sleep(0.2)
        os.killpg(process.pid, signal.SIGTERM)
        raise Unavailable(f"it did not answer within {seconds} seconds. {self.last_words()}")

    def last_words(self) -> str:
        """Return where the log is and what it says of errors, or else how it ends."""
        lines = [line.strip() for line in self.log.read_text(errors="replace").splitlines()]
        errors = [line for line in lines if re.search("error|fatal|caused by", line, re.IGNORECASE)]
        told = "\n".join(f"  {line[:300]}" for line in (errors or lines)[-4:])
        return f"{self.log} says:\n{told}"

    def hold(self, holder: int, start: Callable[[], tuple[int, str]]) -> str:
        """Return the server's address, starting it when it does not run yet."""
        with self.locked():
            record = self.running()
            if record is None:
                pid, url = start()
                record = {"pid": pid, "url": url, "holders": []}
            record["holders"] = sorted({*record["holders"], holder})
            self.write(record)
            return record["url"]

    def release(self, holder: int | None) -> None:
        """Let go; stop the server when nobody else holds it, or at once for no holder at all."""
        with self.locked():
            record = self.running()
            if record is None:
                return
            others = [] if holder is None else [pid for pid in record["holders"] if pid != holder]
            if others:
                self.write(record | {"holders": others})
            else:
                self.end(record["pid"])

    def write(self, record: dict) -> None:
        self.record.touch(mode=0o600)  # the address may hold a password
        self.record.write_text(json.dumps(record))

    def end(self, pid: int) -> None:
        for ending, seconds in ((self.ending, 20), (signal.SIGKILL, 5)):
            try:
                os.killpg(pid, ending)
            except ProcessLookupError:
                break
            deadline = time.monotonic() + seconds
            while self.owns(pid) and time.monotonic() < deadline:
                time.sleep(0.1)
        self.record.unlink(missing_ok=True)
        shutil.rmtree(self.folder, ignore_errors=True)


def command_line(
    service: Service, doc: str, start: Callable[[Service], tuple[int, str]], given: str | None
) -> None:
    """Serve ``start``, ``stop`` and ``status`` for one service.

    ``start`` makes a new server and returns its process id and address. ``given`` is the address
    of a server that the environment names, if it does; that one is used and never stopped.
    """
    parser = argparse.ArgumentParser(
        description=doc, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("action", choices=["start", "stop", "status"])
    parser.add_argument(
        "--for",
        dest="holder",
        type=int,
        metavar="PID",
        help="the process that needs it: with stop, the server stays while others need it",
    )
    options = parser.parse_args()
    try:
        url = given or act(service, options.action, options.holder, start)
    except Unavailable as reason:
        sys.exit(f"{service.name}: {reason}")
    if options.action != "stop":
        print(url)


def act(service: Service, action: str, holder: int | None, start: Callable) -> str | None:
    """Do what the command line asked; return the address of the server that runs then."""
    if action == "start":
        return service.hold(BY_HAND if holder is None else holder, lambda: start(service))
    if action == "stop":
        service.release(holder)
        return None
    record = service.running()
    if record is None:
        raise Unavailable("not running")
    return record["url"]
