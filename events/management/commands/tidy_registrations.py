from django.core.management.base import BaseCommand
from django.utils import timezone

from events.registration import actions


class Command(BaseCommand):
    """Free seats whose time is over and delete answers that are no longer needed."""

    help = "Free held and offered seats that ran out; delete answers whose time is over."

    def handle(self, *args, **options) -> None:
        now = timezone.now()
        events, answers = actions.expire_due(now), actions.forget_answers(now)
        self.stdout.write(f"{events} events with seats freed, {answers} registrations tidied.")
