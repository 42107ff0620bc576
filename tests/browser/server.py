"""Serve the demo site until the session of tests that asked for it is over.

    python -m tests.browser.server HOLDER PORT

Nobody has to stop it: the workers of one session share it, and no crash leaves it behind.
"""

import os
import signal
import subprocess
import sys
import time

# One process, so that its caches in memory are one; threads, since a browser asks side by side.
GUNICORN = [
    *(sys.executable, "-m", "gunicorn", "--no-control-socket"),
    *("--workers=1", "--worker-class=gthread", "--threads=16"),
]
LOOKS_EVERY_SECONDS = 0.5


def is_alive(process_id: int) -> bool:
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    return True


def main(holder: int, port: int) -> None:
    command = [*GUNICORN, f"--bind=127.0.0.1:{port}", "decentralization.wsgi"]
    with subprocess.Popen(command) as server:
        signal.signal(signal.SIGTERM, lambda *_: server.terminate())
        while is_alive(holder) and server.poll() is None:
            time.sleep(LOOKS_EVERY_SECONDS)
        server.terminate()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
