from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from mail import outbox


class Command(BaseCommand):
    """Send what is waiting. Run it every few minutes."""

    help = "Send queued mails, including those that failed before and are due again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--limit", type=int, default=500, help="mails in this run (500)")
        parser.add_argument(
            "--retry-failed", action="store_true", help="also try those that were given up"
        )

    def handle(self, *args, limit: int, retry_failed: bool, **options) -> None:
        if retry_failed:
            outbox.requeue_failed()
        sent, failed = outbox.send_queued(timezone.now(), limit=limit)
        self.stdout.write(f"{sent} sent, {failed} failed.")
