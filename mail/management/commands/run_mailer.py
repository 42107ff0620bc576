from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from mail import claims, mailer


class Command(BaseCommand):
    """Send mails as they fall due. Run it beside the site, or with --once every minute."""

    help = "Send mails as they fall due, until it is stopped. Several may run at once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="send what is due and end")
        parser.add_argument("--limit", type=int, default=500, help="with --once: mails (500)")
        parser.add_argument(
            "--retry-failed", action="store_true", help="also try those that were given up"
        )

    def handle(self, *args, once: bool, limit: int, retry_failed: bool, **options) -> None:
        if retry_failed:
            claims.requeue_failed(timezone.now())
        if not once:
            mailer.run(mailer.until_told())
            return
        tally = mailer.empty(most=limit)
        words = ", ".join(f"{count} {outcome}" for outcome, count in sorted(tally.items()))
        self.stdout.write(f"{words or 'nothing to send'}.")
