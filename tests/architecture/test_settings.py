"""Production refuses to start half-configured and passes Django’s own deployment check."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings

ROOT = Path(settings.BASE_DIR)
COMPLETE = {
    "SECRET_KEY": "p" * 25 + "q0r1s2t3u4v5w6x7y8z9-abcdefghijklm",
    "ALLOWED_HOSTS": "www.example.org",
    "CACHE_URL": "redis://127.0.0.1:6379/0",
    "DATABASE_URL": "postgres://site:secret@127.0.0.1/site",
    "DEFAULT_FROM_EMAIL": "info@example.org",
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "SITE_ADDRESS": "https://www.example.org",
}


def manage(*arguments: str, environment: dict[str, str]) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "decentralization.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_settings_pass_the_deployment_check():
    result = manage("check", "--deploy", "--fail-level", "WARNING", environment=COMPLETE)
    assert result.returncode == 0, result.stderr


@pytest.mark.parametrize("missing", sorted(COMPLETE))
def test_production_names_what_is_missing(missing):
    environment = {name: value for name, value in COMPLETE.items() if name != missing}
    result = manage("check", environment=environment)
    assert result.returncode != 0
    assert missing in result.stderr


@pytest.mark.parametrize(
    ("cluster", "word"),
    [
        ({"URL": "search.example.org:9200"}, "https://"),
        ({"URL": "https://"}, "host"),
        ({"URL": "https://[search"}, "address"),
        ({"URL": "http://search.example.org:9200", "API_KEY": "k"}, "in the clear"),
        ({"URL": "http://site:secret@search.example.org:9200"}, "in the clear"),
        ({"URL": "https://search.example.org", "CA_CERTS": "/no/such.pem"}, "CA_CERTS"),
        ({"API_KEY": "k"}, "ELASTICSEARCH_URL"),
    ],
)
def test_production_refuses_a_cluster_that_is_half_configured(cluster, word):
    given = {f"ELASTICSEARCH_{name}": value for name, value in cluster.items()}
    result = manage("check", environment=COMPLETE | given)
    assert result.returncode != 0
    assert word in result.stderr
    assert "secret" not in result.stderr


@pytest.mark.parametrize("url", ["https://search.example.org:9200", "http://127.0.0.1:9200"])
def test_production_takes_a_cluster_whose_key_cannot_be_overheard(url):
    given = {"ELASTICSEARCH_URL": url, "ELASTICSEARCH_API_KEY": "k"}
    result = manage("check", environment=COMPLETE | given)
    assert result.returncode == 0, result.stderr


def test_production_has_no_demo():
    code = "from django.conf import settings; print('demo' in settings.INSTALLED_APPS)"
    result = manage("shell", "-v0", "-c", code, environment=COMPLETE)
    assert result.stdout.strip() == "False"
