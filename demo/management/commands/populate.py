from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from demo.actions import loaded_at
from demo.populate import populate
from search.projection import changes
from search.projection.reach import EVERYTHING


class Command(BaseCommand):
    help = "Add many sample pages for measuring; the same seed adds none twice."

    def add_arguments(self, parser):
        parser.add_argument("--pages", type=int, default=2_000, help="posts and products")
        parser.add_argument("--events", type=int, default=0, help="events over twelve years")
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *, pages: int, events: int, seed: int, **options):
        if not settings.DEMO:
            raise CommandError("Sample pages are for development and review: set DEMO=true.")
        if not loaded_at():
            raise CommandError("Load the demo first: manage.py load_demo.")
        added = populate(pages=pages, events=events, seed=seed)
        changes.announce(EVERYTHING)
        self.stdout.write(f"{added} pages added; the search’s worker takes them up.")
