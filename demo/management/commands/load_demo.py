from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from demo.actions import load_demo, loaded_at
from search.projection import changes


class Command(BaseCommand):
    help = "Fill the site with sample content; what exists is not touched."

    def add_arguments(self, parser):
        parser.add_argument("--once", action="store_true", help="do nothing when loaded before")

    def handle(self, *, once: bool, **options):
        if not settings.DEMO:
            raise CommandError("The demo is for development and review: set DEMO=true.")
        if once and loaded_at():
            self.stdout.write("The demo is loaded already.")
            return
        loader = load_demo(timezone.now())
        changes.catch_up()
        self.stdout.write(f"{len(loader.new)} pages added, {len(loader.pages)} in the demo.")
