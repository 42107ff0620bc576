from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from taxonomy.actions import index_vocabularies, load_vocabularies


class Command(BaseCommand):
    help = "Add missing regions, themes, sectors and countries; what editors changed stays."

    def handle(self, **options):
        added = load_vocabularies()
        index_vocabularies()
        self.stdout.write(_("%(number)s terms added.") % {"number": added})
