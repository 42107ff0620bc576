"""Forget members whose fortnight is over, and what is kept too long. Run it every night."""

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from accounts import retention
from members.actions import privacy


class Command(BaseCommand):
    help = "Erase members who asked for it 14 days ago and what is too old; run every night."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="only say what would go, and change nothing"
        )

    def handle(self, *args, dry_run: bool = False, **options) -> None:
        now = timezone.now()
        number = privacy.due(now).count() if dry_run else privacy.erase_due(now)
        self.stdout.write(f"{number:8} members who asked to be erased")
        for outcome in retention.purge(now, dry_run=dry_run):
            self.stdout.write(f"{outcome.number:8} {outcome.name} (after {outcome.days} days)")
        if dry_run:
            self.stdout.write("Nothing was changed.")
