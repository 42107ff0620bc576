"""Send requests to a server and say what they cost it."""

import http.client
import os
import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

HEADERS = {"Accept-Encoding": "gzip", "X-Forwarded-Proto": "https", "User-Agent": "bench"}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Server:
    """A running gunicorn, by its port and the id of its first process."""

    port: int
    pid: int

    def workers(self) -> list[int]:
        """Return the ids of the worker processes."""
        children = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in children.split()]

    def cpu_seconds(self) -> float:
        """Return the CPU time that all workers have used so far."""
        return sum(cpu_seconds(pid) for pid in self.workers())


@dataclass(frozen=True)
class Load:
    """What a number of requests came to."""

    per_second: float
    p95_ms: float
    cpu_ms: float
    size: int


def cpu_seconds(pid: int) -> float:
    """Return the CPU time that a process of this machine has used so far."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def get(port: int, path: str) -> tuple[int, bytes, dict[str, str]]:
    """Return status, body as it came over the wire, and headers."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path, headers=HEADERS)
        response = connection.getresponse()
        return response.status, response.read(), dict(response.getheaders())
    finally:
        connection.close()


def measure(server: Server, path: str, *, count: int, connections: int) -> Load:
    """Send ``count`` requests over a few connections at a time; any answer but 200 is an error."""

    def one(_number: int) -> tuple[float, int]:
        began = time.perf_counter()
        status, body, _headers = get(server.port, path)
        if status != 200:
            raise RuntimeError(f"{path} on port {server.port} answered {status}")
        return (time.perf_counter() - began) * 1000, len(body)

    cpu, began = server.cpu_seconds(), time.perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        answers = list(pool.map(one, range(count)))
    wall, cpu = time.perf_counter() - began, server.cpu_seconds() - cpu
    times = [took for took, _size in answers]
    return Load(
        per_second=count / wall,
        p95_ms=statistics.quantiles(times, n=20)[-1],
        cpu_ms=cpu * 1000 / count,
        size=answers[0][1],
    )
