from django.core.management.base import BaseCommand
from django.utils import timezone

from working_groups import actions


class Command(BaseCommand):
    """Run it after every deployment; it changes only what is not as it should be."""

    help = "Make or repair user groups, rights, collections and the approval workflow."

    def handle(self, *args, **options) -> None:
        actions.set_up_rights(timezone.localdate())
        self.stdout.write("Rights and workflow are set up.")
