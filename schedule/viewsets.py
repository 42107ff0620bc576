"""The jobs in the admin: when each ran last, when it runs next, and what went wrong."""

import datetime

from django.conf import settings
from django.contrib.admin import display
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin

from accounts.read_only import ReadOnly

from . import rules
from .models import JobRun
from .rules import Standing

WORDS = {
    Standing.NEW: _("has not run yet"),
    Standing.RUNNING: _("is running"),
    Standing.CUT_OFF: _("was cut off"),
    Standing.FAILED: _("failed"),
    Standing.DONE: _("done"),
}


class JobAdmin(ModelAdmin):
    """What runs by itself."""

    model = JobRun
    permission_helper_class = ReadOnly
    base_url_path = "jobs"
    menu_label = _("Jobs")
    menu_icon = "history"
    menu_order = 710
    add_to_settings_menu = True
    list_display = ("job", "standing", "started_at", "finished_at", "runs_next", "error")
    ordering = ("job",)
    history_view_enabled = False

    @staticmethod
    @display(description=_("how it stands"))
    def standing(row: JobRun) -> str:
        return str(WORDS[rules.standing(row.past, timezone.now(), has_failed=bool(row.error))])

    @staticmethod
    @display(description=_("runs next"))
    def runs_next(row: JobRun) -> datetime.datetime | str:
        rhythm = settings.SCHEDULE.get(row.job)
        if rhythm is None:
            return gettext("not in the schedule any more")
        return rules.next_moment(rhythm, timezone.now())
