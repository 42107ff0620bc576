from django.core.management.base import BaseCommand
from django.utils import timezone

from events.reminders.planning import plan_reminders


class Command(BaseCommand):
    """Plan the reminders of events that are due soon; again it adds nothing."""

    help = "Plan the reminders of events that are due soon; run every minute."

    def handle(self, *args, **options) -> None:
        self.stdout.write(f"{plan_reminders(timezone.now())} reminders planned.")
