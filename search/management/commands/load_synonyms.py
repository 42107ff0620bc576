from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from search.actions import load_synonyms


class Command(BaseCommand):
    help = "Add missing synonyms of the field’s vocabulary; what editors changed stays."

    def handle(self, **options):
        added = load_synonyms()
        self.stdout.write(_("%(number)s concepts added.") % {"number": added})
