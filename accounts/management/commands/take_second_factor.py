"""Take the second factors from an account whose owner lost them."""

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.actions import take_second_factor
from accounts.models import User


class Command(BaseCommand):
    help = "Take all second factors from an account and log it out everywhere."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("address", help="with which the account logs in")

    def handle(self, *args, address: str, **options) -> None:
        user = User.objects.filter(email__iexact=address).first()
        if user is None:
            raise CommandError(f"No account logs in with {address}.")
        self.stdout.write(f"{take_second_factor(user)} second factors taken from {user.email}.")
