from django.core.management.base import BaseCommand
from django.utils import timezone

from events.messages import actions


class Command(BaseCommand):
    """Send the messages of organisers whose moment has come; again, it sends nothing twice."""

    help = "Plan the messages to attendees that are due, and count what became of earlier ones."

    def handle(self, *args, **options) -> None:
        now = timezone.now()
        planned, settled = actions.plan_due(now), actions.settle(now)
        self.stdout.write(f"{planned} messages planned, {settled} counted.")
