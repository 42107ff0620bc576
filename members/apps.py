from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MembersConfig(AppConfig):
    name = "members"
    verbose_name = _("Members")

    def ready(self):
        from pages import announcing

        from . import attending, calendars, receivers, retention  # noqa: F401 - receivers connect themselves
        from .actions import address, invitations
        from .updates import audience, writing

        address.register()
        attending.register()
        calendars.register()
        invitations.register()
        retention.register_all()
        writing.register()
        announcing.register(audience.in_words)
