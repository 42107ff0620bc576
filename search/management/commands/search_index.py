"""``manage.py search_index …``: everything about the index by hand; ``--help`` lists it."""

from argparse import ArgumentParser

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from search import usage
from search.engines.database import indexing
from search.engines.elastic.client import indexing_client
from search.projection import rebuilding, reconciling
from search.projection.bulk import Trouble
from search.projection.health import health
from search.projection.rebuilding import Refused
from search.projection.sending import send_waiting
from search.projection.worker import Worker


class Command(BaseCommand):
    help = "Keep the search index in step with the content, build it anew, or compare the two."

    def add_arguments(self, parser: ArgumentParser) -> None:
        actions = parser.add_subparsers(dest="action", required=True)
        run = actions.add_parser("run", help="work off what changes, as long as it is not stopped")
        run.add_argument("--once", action="store_true", help="only what waits now")
        run.add_argument("--attached", action="store_true", help="end with whoever started it")
        rebuild = actions.add_parser("rebuild", help="build the index anew beside the one in use")
        rebuild.add_argument(
            "--from-content", action="store_true", help="first build every document from its page"
        )
        actions.add_parser("reindex", help="index the documents anew where the database finds them")
        check = actions.add_parser("check", help="compare the index with the content")
        check.add_argument("--repair", action="store_true", help="mend what differs")
        actions.add_parser("status", help="show how the search is doing")
        actions.add_parser("tidy", help="forget what was searched more than 13 months ago")

    def handle(self, *, action: str, **options) -> None:
        try:
            getattr(self, f"_{action}")(options)
        except (Trouble, Refused) as reason:
            raise CommandError(f"The cluster: {reason}") from reason

    def _run(self, options: dict) -> None:
        worker = Worker(self.tell)
        if options["once"]:
            worker.run_once()
        else:
            worker.run(attached=options["attached"])

    def _rebuild(self, options: dict) -> None:
        if not options["from_content"] and not settings.ELASTICSEARCH_URL:
            raise CommandError("Without ELASTICSEARCH_URL there is only --from-content to build.")
        if options["from_content"]:
            self.tell(f"{rebuilding.project(self.tell)} documents looked at.")
        if settings.ELASTICSEARCH_URL:
            number = rebuilding.rebuild(indexing_client(), self.tell)
            send_waiting(indexing_client(), timezone.now())
            self.tell(f"{number} documents in the cluster.")

    def _reindex(self, options: dict) -> None:
        self.tell(f"{indexing.reindex()} documents in the database’s own index.")

    def _check(self, options: dict) -> None:
        client = indexing_client() if settings.ELASTICSEARCH_URL else None
        found = reconciling.check(client, repair=options["repair"])
        for place, differences in found.items():
            self.tell(f"{place}: {differences}")
            for uid in differences.uids[:20]:
                self.tell(f"  {uid}")
        if any(found.values()) and not options["repair"]:
            raise CommandError("The index differs from the content; --repair mends it.")

    def _status(self, options: dict) -> None:
        now = timezone.now()
        for name, value in vars(health(now)).items():
            self.tell(f"{name.replace('_', ' ')}: {value}")

    def _tidy(self, options: dict) -> None:
        self.tell(f"{usage.purge(timezone.now())} lines forgotten.")

    def tell(self, line: str) -> None:
        """Print a line at once: whoever watches a rebuild wants to see it move."""
        self.stdout.write(line)
        self.stdout.flush()
