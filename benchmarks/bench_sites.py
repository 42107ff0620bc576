"""Make and serve the sites that are compared: ours at several sizes, and the two floors."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .bench_load import Server, get

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
CONSTANT = """
from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

settings.configure(SECRET_KEY="bench", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"])
urlpatterns = [path("", lambda request: HttpResponse("constant"))]
application = get_wsgi_application()
"""


@dataclass(frozen=True)
class Servers:
    """Everything that runs side by side."""

    constant: Server
    start: Server
    uncached: dict[int, Server]
    cached: Server


class Workshop:
    """A folder and a database server in which the sites are made; gone afterwards."""

    def __init__(self, folder: Path, *, sqlite: bool):
        self.folder = folder
        self._postgres = "" if sqlite else self._start_postgres()
        self._made: set[str] = set()

    def __enter__(self) -> "Workshop":
        self._say("a site with the demo content")
        self.new_database("demo")
        self.manage("demo", "migrate", "-v0")
        self.manage("demo", "load_demo")
        self.manage("demo", "collectstatic", "--no-input", "-v0")
        return self

    def __exit__(self, *error) -> None:
        if self._postgres:
            self._script("postgres.py", "stop", "--for", str(os.getpid()))

    def paths(self, wanted: dict[str, str]) -> dict[str, str]:
        """Return those addresses that the demo has; the others name a missing page loudly."""
        code = (
            "import json,sys;from django.test import Client;"
            "c=Client(headers={'x-forwarded-proto':'https'});"
            f"print(json.dumps({{n:c.get(p).status_code for n,p in {wanted!r}.items()}}))"
        )
        answers = json.loads(self.manage("demo", "shell", "-v0", "-c", code).splitlines()[-1])
        wrong = {name: status for name, status in answers.items() if status != 200}
        if wrong:
            raise SystemExit(f"The demo does not answer 200 for {wrong}.")
        return wanted

    def count_queries(self, size: int, paths: dict[str, str]) -> dict[str, dict[str, int]]:
        """Return the queries of each page with cold and with warm caches, at this many pages."""
        self._populated(size)
        code = (PROJECT / "benchmarks" / "bench_queries.py").read_text()
        printed = self.manage(
            f"pages{size}", "shell", "-v0", "-c", code, BENCH_PATHS=json.dumps(paths)
        )
        return json.loads(printed.splitlines()[-1])

    @contextlib.contextmanager
    def serve(self, sizes: list[int], *, workers: int) -> Iterator[Servers]:
        """Run every site under gunicorn until the block ends."""
        for size in sizes:
            self._populated(size)
        start = self._fresh_wagtail_site()
        (self.folder / "constant.py").write_text(CONSTANT)
        with contextlib.ExitStack() as running:

            def server(application: str, folder: Path, environment: dict) -> Server:
                return running.enter_context(
                    gunicorn(application, folder, environment, workers, self.folder)
                )

            yield Servers(
                constant=server("constant:application", self.folder, {}),
                start=server("fresh.wsgi:application", start, self._start_environment()),
                uncached={
                    size: server(
                        "decentralization.wsgi:application",
                        PROJECT,
                        self.environment(f"pages{size}", PAGE_CACHE_SECONDS="0"),
                    )
                    for size in sizes
                },
                cached=server(
                    "decentralization.wsgi:application",
                    PROJECT,
                    self.environment(f"pages{max(sizes)}", PAGE_CACHE_SECONDS="3600"),
                ),
            )

    def _populated(self, size: int) -> None:
        name = f"pages{size}"
        if name in self._made:
            return
        self._say(f"the same with {size} more pages")
        self.new_database(name, like="demo")
        self.manage(
            name,
            "populate",
            "--pages",
            str(size),
            "--events",
            str(max(size // 4, 1)),
            "--seed",
            "1",
        )
        self._made.add(name)

    def _fresh_wagtail_site(self) -> Path:
        self._say("a fresh `wagtail start` project")
        folder = self.folder / "fresh"
        folder.mkdir()
        _run([BIN / "wagtail", "start", "fresh", str(folder)], folder, {})
        settings = folder / "fresh" / "settings" / "bench.py"
        settings.write_text(
            "import dj_database_url\n"
            "from .base import *\n"
            "DEBUG = False\n"
            "SECRET_KEY = 'bench'\n"
            "ALLOWED_HOSTS = ['*']\n"
            "STORAGES['staticfiles'] = "
            "{'BACKEND': 'django.contrib.staticfiles.storage.StaticFilesStorage'}\n"
            "INSTALLED_APPS += ['django.contrib.postgres']\n"
            "DATABASES = {'default': dj_database_url.config(conn_max_age=600)}\n"
        )
        self.new_database("start")
        _run([sys.executable, "manage.py", "migrate", "-v0"], folder, self._start_environment())
        return folder

    def _start_environment(self) -> dict[str, str]:
        return {
            "DJANGO_SETTINGS_MODULE": "fresh.settings.bench",
            "DATABASE_URL": self._database("start"),
        }

    def environment(self, database: str, **more: str) -> dict[str, str]:
        """Return what a process of our site in production is told, with this database."""
        return {
            "DJANGO_SETTINGS_MODULE": "decentralization.settings.production",
            "PYTHONPATH": f"{PROJECT}:{PROJECT / 'site'}",
            "SECRET_KEY": "bench-only-" + "0123456789" * 5,
            "ALLOWED_HOSTS": "*",
            "CACHE_URL": f"file://{self.folder / 'cache' / database}{len(more)}",
            "DATABASE_URL": self._database(database),
            "DEFAULT_FROM_EMAIL": "bench@example.org",
            "EMAIL_URL": "smtp://127.0.0.1:25",
            "MAIL_TRANSPORT": "django.core.mail.backends.dummy.EmailBackend",
            "SITE_ADDRESS": "https://127.0.0.1",
            "MEDIA_ROOT": str(self.folder / "media"),
            "STATIC_ROOT": str(self.folder / "static"),
            "DEMO": "true",
            **more,
        }

    def manage(self, database: str, *arguments: str, **more: str) -> str:
        """Run a command of our site and return what it prints."""
        return self.python(database, "manage.py", *arguments, **more)

    def python(self, database: str, *arguments: str, **more: str) -> str:
        """Run Python with our site’s environment and return what it prints."""
        environment = self.environment(database) | more
        return _run([sys.executable, *arguments], PROJECT, environment)

    def _database(self, name: str) -> str:
        if self._postgres:
            return f"{self._postgres.rpartition('/')[0]}/bench_{name}"
        return f"sqlite:///{self.folder / name}.sqlite3"

    def new_database(self, name: str, like: str = "") -> None:
        """Make an empty database, or a copy of another."""
        if not self._postgres:
            if like:
                shutil.copy(self.folder / f"{like}.sqlite3", self.folder / f"{name}.sqlite3")
            return
        code = (
            "import psycopg,sys;"
            "c=psycopg.connect(sys.argv[1],autocommit=True);"
            "c.execute(f'drop database if exists bench_{sys.argv[2]}');"
            "c.execute(f'create database bench_{sys.argv[2]}'"
            " + (f' template bench_{sys.argv[3]}' if sys.argv[3] else ''))"
        )
        _run([sys.executable, "-c", code, self._postgres, name, like], PROJECT, {})

    def _start_postgres(self) -> str:
        return self._script("postgres.py", "start", "--for", str(os.getpid())).strip()

    @staticmethod
    def _script(name: str, *arguments: str) -> str:
        return _run([sys.executable, PROJECT / "scripts" / name, *arguments], PROJECT, {})

    @staticmethod
    def _say(what: str) -> None:
        print(f"making {what}", file=sys.stderr)


def free_port() -> int:
    """Return a port of this machine on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def gunicorn(
    application: str, folder: Path, environment: dict[str, str], workers: int, logs: Path
) -> Iterator[Server]:
    """Serve an application until the block ends."""
    port = free_port()
    command = [
        BIN / "gunicorn",
        application,
        "--bind",
        f"127.0.0.1:{port}",
        "--workers",
        str(workers),
        "--chdir",
        str(folder),
        "--no-control-socket",
        "--log-level",
        "error",
    ]
    with (logs / f"gunicorn-{port}.log").open("w") as log:
        process = subprocess.Popen(
            command, env=os.environ | environment, stdout=log, stderr=log, cwd=folder
        )
        try:
            yield _ready(Server(port, process.pid), process)
        finally:
            process.terminate()
            process.wait(timeout=20)


def _ready(server: Server, process: subprocess.Popen) -> Server:
    for _ in range(120):
        if process.poll() is not None:
            raise SystemExit("A server ended before it answered.")
        with contextlib.suppress(OSError):
            get(server.port, "/")
            return server
        time.sleep(0.5)
    raise SystemExit("A server did not answer within a minute.")


def _run(command: list, folder: Path, environment: dict[str, str]) -> str:
    result = subprocess.run(
        [str(part) for part in command],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode:
        raise SystemExit(f"{' '.join(map(str, command))}\n{result.stdout}\n{result.stderr}")
    return result.stdout
