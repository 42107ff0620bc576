from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.accounts import table


class Command(BaseCommand):
    help = "Print the address of the demo and whom one can log in as."

    def add_arguments(self, parser):
        parser.add_argument("address", nargs="?", default=settings.SITE_ADDRESS)

    def handle(self, *, address: str, **options):
        if not settings.DEMO:
            raise CommandError("The demo is for development and review: set DEMO=true.")
        self.stdout.write(table(address))
