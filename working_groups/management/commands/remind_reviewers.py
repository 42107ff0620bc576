import datetime

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from wagtail.models import TaskState

from working_groups import mail


class Command(BaseCommand):
    """Run it every day. Nobody is reminded twice of the same submission."""

    help = "Remind the secretariat of pages that have waited for a week."

    def handle(self, *args, **options) -> None:
        before = timezone.now() - datetime.timedelta(days=settings.REVIEW_REMINDER_DAYS)
        waiting = TaskState.objects.filter(
            status=TaskState.STATUS_IN_PROGRESS, started_at__lte=before
        ).select_related("workflow_state", "task")
        reminders = sum(mail.review_reminder(task_state) for task_state in waiting)
        self.stdout.write(f"{reminders} reminders.")
