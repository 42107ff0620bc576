"""The jobs in the admin: when each ran last, and what went wrong."""

from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin

from accounts.read_only import ReadOnly

from .models import JobRun


class JobAdmin(ModelAdmin):
    """What runs by itself."""

    model = JobRun
    permission_helper_class = ReadOnly
    base_url_path = "jobs"
    menu_label = _("Jobs")
    menu_icon = "history"
    menu_order = 710
    add_to_settings_menu = True
    list_display = ("job", "started_at", "finished_at", "error")
    ordering = ("job",)
    history_view_enabled = False
