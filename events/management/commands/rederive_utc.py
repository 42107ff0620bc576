"""Put events right whose country changed its clocks; for every night."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from events.zone_data import rederive_utc


class Command(BaseCommand):
    help = "Derives the instants of events to come from their local times, after new zone data."

    def handle(self, **options) -> None:
        moved = rederive_utc(timezone.now())
        self.stdout.write(f"{moved} events moved.")
