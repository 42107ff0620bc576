from django.core.management.base import BaseCommand
from django.utils import timezone

from working_groups import actions


class Command(BaseCommand):
    """Run it every day: terms begin and end by date, without anybody saving anything."""

    help = "Give rights to people whose office began, take them from those whose office ended."

    def handle(self, *args, **options) -> None:
        changed = actions.sync_rights(timezone.localdate())
        self.stdout.write(f"{changed} memberships changed.")
