"""Plan who is told of what is new; again it adds nothing. Run it every minute."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from members.updates.planning import plan


class Command(BaseCommand):
    help = "Plan the updates and digests that are due; run every minute."

    def handle(self, *args, **options) -> None:
        tally = plan(timezone.now())
        self.stdout.write(
            f"{tally.items} new items, {tally.instant} updates and {tally.digests} digests planned."
        )
