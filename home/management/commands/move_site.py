from django.core.management.base import BaseCommand
from wagtail.models import Site

from home.actions import move_to_address


class Command(BaseCommand):
    help = "Move the site to the address in SITE_ADDRESS, which all full links are made from."

    def handle(self, **options):
        move_to_address(Site.objects.get(is_default_site=True))
