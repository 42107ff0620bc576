from django.core.management.base import BaseCommand
from django.utils import timezone

from events.notices.planning import plan_change_notices
from events.notices.recordings import plan_recording_notices


class Command(BaseCommand):
    """Tell registrants of changes that have settled and of recordings that are up."""

    help = "Plan mails about meetings that changed and about recordings; again it adds nothing."

    def handle(self, *args, **options) -> None:
        now = timezone.now()
        changes, recordings = plan_change_notices(now), plan_recording_notices(now)
        self.stdout.write(f"{changes} mails about changes, {recordings} about recordings.")
