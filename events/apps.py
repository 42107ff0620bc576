from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")

    def ready(self):
        from . import receivers  # noqa: F401 - connects itself
        from .messages import mail as messages
        from .notices import mail as notices
        from .registration import mail
        from .reminders import writing as reminders
        from .retention import register_all

        mail.register_writers()
        messages.register_writers()
        notices.register_writers()
        reminders.register_writers()
        register_all()
