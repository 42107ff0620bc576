"""Forget members whose fortnight is over. Run it every night."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from members.actions.privacy import erase_due


class Command(BaseCommand):
    help = "Erase members who asked for it 14 days ago; run every night."

    def handle(self, *args, **options) -> None:
        number = erase_due(timezone.now())
        self.stdout.write(f"{number} members erased.")
