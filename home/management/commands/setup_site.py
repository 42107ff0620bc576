from django.core.management.base import BaseCommand
from django.utils import timezone
from django.utils.translation import gettext as _

from home.actions import ensure_site
from taxonomy.actions import index_vocabularies


class Command(BaseCommand):
    help = "Make the languages, the home page, the sections, the settings and the rights."

    def handle(self, **options):
        home = ensure_site(timezone.now())
        index_vocabularies()
        self.stdout.write(_("The site is set up; its home page is “%(title)s”.") % {"title": home})
