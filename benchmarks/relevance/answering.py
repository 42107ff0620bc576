"""Prepare the demo site and print what its engine answers: one list of keys for each search.

A program of its own (``python -m benchmarks.relevance.answering``), with the settings in its
environment; see ``demo_site.environment``.
"""

import json
import shutil
import sys
from contextlib import redirect_stdout

import django
from django.conf import settings
from django.core.management import call_command


def main() -> None:
    """Print the rankings of all judged searches as JSON; what is done on the way goes to stderr."""
    with redirect_stdout(sys.stderr):
        django.setup()
        _load()
        rankings = _rankings()
    json.dump(rankings, sys.stdout)


def _load() -> None:
    """Load the demo into the database if it is not there yet."""
    from home.models import HomePage  # noqa: PLC0415 - models exist only after the setup

    call_command("migrate", interactive=False, verbosity=0)
    if not HomePage.objects.exists():
        # A load that was broken off leaves files, and new ones of the same name get other names.
        shutil.rmtree(settings.MEDIA_ROOT, ignore_errors=True)
    call_command("load_demo", once=True)


def _rankings() -> list[list[str]]:
    from search.engines.database.engine import DatabaseEngine  # noqa: PLC0415
    from search.engines.elastic.engine import ElasticEngine  # noqa: PLC0415

    from . import asking, projecting  # noqa: PLC0415
    from .judgements import searches  # noqa: PLC0415

    projecting.project()
    if settings.ELASTICSEARCH_URL:
        with projecting.filled_cluster():
            answers = asking.results(ElasticEngine(), searches())
    else:
        answers = asking.results(DatabaseEngine(), searches())
    return [list(result.ranking) for result in answers]


if __name__ == "__main__":
    main()
