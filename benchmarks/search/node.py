"""A real Elasticsearch of our own, at one address, to which anything may be done."""

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from http.client import HTTPException
from pathlib import Path

from benchmarks.bench_load import get
from benchmarks.bench_sites import PROJECT, free_port

STARTS_WITHIN = 180
HELD_FOR, LET_GO_FOR = 0.35, 0.02  # of a node that is slow


@dataclass(frozen=True)
class Launch:
    """How a process was started, so that it can be started again as it was."""

    command: list[bytes]
    environment: dict[bytes, bytes]
    folder: str
    user: int

    @classmethod
    def of(cls, pid: int) -> "Launch":
        process = Path(f"/proc/{pid}")
        entries = (process / "environ").read_bytes().rstrip(b"\0").split(b"\0")
        return cls(
            (process / "cmdline").read_bytes().rstrip(b"\0").split(b"\0"),
            dict(entry.split(b"=", 1) for entry in entries if b"=" in entry),
            str((process / "cwd").readlink()),
            process.stat().st_uid,
        )

    def again(self) -> subprocess.Popen:
        """Start the same once more, in a process group of its own."""
        user = {"user": self.user} if os.geteuid() == 0 else {}
        return subprocess.Popen(
            self.command,
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            **user,
        )


class Node:
    """The server; it keeps its address whatever happens to it."""

    def __init__(self, folder: Path) -> None:
        folder.chmod(0o711)  # the server may run as another user
        self._port = free_port()
        self._environment = os.environ | {
            "TMPDIR": str(folder),  # beside the one that tests share
            "ELASTICSEARCH_PORT": str(self._port),
        }
        self._environment.pop("ELASTICSEARCH_URL", None)
        self._launch: Launch | None = None
        self._pid = 0
        self.url = f"http://127.0.0.1:{self._port}"

    def start_empty(self) -> None:
        """Start it without any index."""
        self._script("start")
        self._pid = self._recorded()
        self._launch = Launch.of(self._pid)

    def start_again(self) -> None:
        """Start it with the indices that it had when it was killed."""
        if self._launch is None:
            raise RuntimeError("It was never started.")
        self._pid = self._launch.again().pid
        until = time.monotonic() + STARTS_WITHIN
        while not self._is_there():
            if time.monotonic() > until:
                raise SystemExit("The node did not come back.")
            time.sleep(0.3)

    def kill(self) -> None:
        """End it without a warning."""
        self._signal(signal.SIGKILL)
        while self._is_there():
            time.sleep(0.05)

    def end(self) -> None:
        """End it for good, and remove what it had."""
        with contextlib.suppress(ProcessLookupError):
            self._signal(signal.SIGKILL)
        self._script("stop")

    @contextlib.contextmanager
    def hanging(self) -> Iterator[None]:
        """Let it take connections and say nothing."""
        self._signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._signal(signal.SIGCONT)

    @contextlib.contextmanager
    def slow(self) -> Iterator[None]:
        """Let it work a few hundredths of each second."""
        over = threading.Event()

        def hold() -> None:
            while not over.is_set():
                with self.hanging():
                    time.sleep(HELD_FOR)
                time.sleep(LET_GO_FOR)

        holding = threading.Thread(target=hold)
        holding.start()
        try:
            yield
        finally:
            over.set()
            holding.join()

    def _signal(self, number: signal.Signals) -> None:
        os.killpg(self._pid, number)

    def _is_there(self) -> bool:
        try:
            status, body, _ = get(self._port, "/_cluster/health?filter_path=status")
            return status == 200 and b"red" not in body
        except (OSError, HTTPException):
            return False

    def _recorded(self) -> int:
        """Return the id of the process that was started, which leads all others of the node."""
        (record,) = Path(self._environment["TMPDIR"]).glob("*/elasticsearch.json")
        return json.loads(record.read_text())["pid"]

    def _script(self, action: str) -> None:
        subprocess.run(
            [sys.executable, PROJECT / "scripts" / "elasticsearch.py", action],
            env=self._environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
