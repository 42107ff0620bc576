from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone

from mail import mailer
from schedule import worker
from schedule.actions import long_jobs, run_due, short_jobs


class Command(BaseCommand):
    """Everything that has to happen beside the site but the search: jobs and mails."""

    help = "Run the jobs that are due and send mails, until stopped; or once, every minute."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due now and end")
        parser.add_argument("--limit", type=int, default=500, help="with --once: mails (500)")
        parser.add_argument("--attached", action="store_true", help="end with whoever started it")

    def handle(self, *args, once: bool, limit: int, attached: bool, **options) -> None:
        if not once:
            worker.work(attached=attached)
            return
        jobs = run_due(timezone.now(), jobs=short_jobs())
        tally = mailer.empty(most=limit)
        # Last: whoever starts this every minute has the next process do the rest meanwhile.
        jobs += run_due(timezone.now(), jobs=long_jobs())
        self.stdout.write(f"{', '.join(jobs) or 'no job'}; {tally.total()} mails.")
