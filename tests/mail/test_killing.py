"""Mailers that are killed in the middle of their work: real processes, real SIGKILL (R8)."""

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from django.conf import settings
from django.db import connection

ROOT = Path(settings.BASE_DIR)


@pytest.fixture
def database_of_others(db, tmp_path) -> str:
    """Return the address under which other processes find an empty database like this test’s."""
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with sqlite3.connect(tmp_path / "db.sqlite3") as copy:
            connection.connection.backup(copy)
        return f"sqlite:///{tmp_path / 'db.sqlite3'}"
    parts = {name: quote(str(value), "") for name, value in connection.settings_dict.items()}
    return "postgres://{USER}:{PASSWORD}@{HOST}:{PORT}/{NAME}".format(**parts)


@pytest.mark.django_db(transaction=True)
def test_r8_killed_mailers_lose_nothing_and_repeat_at_most_one_mail_each(
    database_of_others, tmp_path
):
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.mailer", "--here", "--mails=300", "--every=0.15"],
        cwd=ROOT,
        env=os.environ
        | {
            "DJANGO_SETTINGS_MODULE": "decentralization.settings.test",
            "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'site'}",
            "DATABASE_URL": database_of_others,
            "MAIL_TRANSPORT": "benchmarks.mail_sink.Sink",
            "MAIL_SINK": str(tmp_path / "sink"),
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    result = json.loads(done.stdout.splitlines()[-1])
    assert result["kills"] >= 2
    assert result["mails"] == result["sent"] + result["unknown"] == 300
    assert result["lost"] == 0
    assert result["duplicates"] <= result["kills"]
    assert result["duplicate_updates"] == 0
    assert result["unknown"] <= result["kills"]
