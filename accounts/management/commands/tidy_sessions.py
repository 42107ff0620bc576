"""Forget sessions that are over, with the addresses they came from. Run it every night."""

from django.core.management import call_command
from django.core.management.base import BaseCommand

from accounts.sessions import forget_ended


class Command(BaseCommand):
    help = "Clear expired sessions and forget from where they came; run every night."

    def handle(self, *args, **options) -> None:
        call_command("clearsessions")
        self.stdout.write(f"{forget_ended()} ended sessions forgotten.")
