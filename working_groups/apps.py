from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkingGroupsConfig(AppConfig):
    name = "working_groups"
    verbose_name = _("Working groups")

    def ready(self):
        from accounts import second_factor

        from . import access, receivers  # noqa: F401 - the receivers connect themselves

        second_factor.require_for(access.is_secretariat)
