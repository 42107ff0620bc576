"""Go on with imports of members that are not done."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from members.actions import importing


class Command(BaseCommand):
    help = "Go on with imports of lists that were started and are not done; run every minute."

    def handle(self, *args, **options) -> None:
        number = importing.go_on_with_all(clock=timezone.now)
        if number:
            self.stdout.write(f"{number} rows imported.")
