"""A site with the demo for the measurement, apart from the one that `make run` serves.

It lies in ``var/relevance/`` under a name that follows from the demo’s content, so that it is
loaded once and anew when the content changes.
"""

import hashlib
import os
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

PROJECT = Path(__file__).resolve().parents[2]
FOLDER = PROJECT / "var" / "relevance"
SOURCES = ("demo", "taxonomy/data")


def name() -> str:
    """Return the name of the site with the content as it is now."""
    digest = hashlib.sha256()
    for path in sorted(path for source in SOURCES for path in (PROJECT / source).rglob("*")):
        if path.is_file() and path.suffix != ".pyc":
            digest.update(str(path.relative_to(PROJECT)).encode())
            digest.update(path.read_bytes())
    return f"relevance_{digest.hexdigest()[:12]}"


def environment(engine: str, address: str) -> dict[str, str]:
    """Return the environment of a process in which this engine answers, at its server’s address."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    database = "postgresql" if engine == "postgresql" else "sqlite"
    cluster = address if engine == "elasticsearch" else ""
    return {
        "PYTHONPATH": os.pathsep.join([str(PROJECT), str(PROJECT / "site")]),
        "DJANGO_SETTINGS_MODULE": "decentralization.settings.dev",
        "DATABASE_URL": _database(address) if database == "postgresql" else _file(),
        "MEDIA_ROOT": str(FOLDER / f"{name()}-{database}"),
        "ELASTICSEARCH_URL": cluster,
        "ELASTICSEARCH_INDEX": name(),
        "ELASTICSEARCH_REPLICAS": "0",
        **({} if cluster else {"ELASTICSEARCH_API_KEY": "", "ELASTICSEARCH_CA_CERTS": ""}),
    }


def _file() -> str:
    return f"sqlite:///{FOLDER / name()}.sqlite3"


def _database(address: str) -> str:
    """Return the address of the site’s own database on this PostgreSQL, which is made if needed."""
    with psycopg.connect(address, autocommit=True) as connection:
        there = connection.execute("select 1 from pg_database where datname = %s", [name()])
        if there.fetchone() is None:
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name())))
    return urlsplit(address)._replace(path=f"/{name()}").geturl()
