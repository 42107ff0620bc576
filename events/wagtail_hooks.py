"""Events in the admin: registration."""

from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter
from wagtail_modeladmin.options import modeladmin_register

from .attendance import hooks as attendance_hooks  # noqa: F401 - registers itself
from .messages import hooks as messages_hooks  # noqa: F401 - registers itself
from .notices import hooks as notices_hooks  # noqa: F401 - registers itself
from .registration import deleting, views_admin
from .registration.actions.setting_up import CAPACITY
from .registration.buttons import organisers_buttons
from .registration.views_queue import Queue
from .registration.viewsets import RegistrationAdmin
from .reminders import hooks as reminders_hooks  # noqa: F401 - registers itself
from .roles import hooks as roles_hooks  # noqa: F401 - registers itself
from .series import hooks as series_hooks  # noqa: F401 - registers itself

modeladmin_register(RegistrationAdmin)
hooks.register("register_page_header_buttons", organisers_buttons)
hooks.register("before_delete_page", deleting.keep_registered_event)
hooks.register("before_bulk_action", deleting.keep_registered_events_in_bulk)


@hooks.register("register_admin_urls")
def own_screens() -> list[URLPattern]:
    return [
        path(
            "events/<int:event_id>/registration/",
            views_admin.settings,
            name="event_registration_settings",
        ),
        path("events/<int:event_id>/queue/", Queue.as_view(), name="event_queue"),
        path("registration/<int:registration_id>/", views_admin.one, name="one_registration"),
    ]


@hooks.register("register_log_actions")
def words_of_the_log(log) -> None:
    """Say in the history of an event how many seats there were, and are."""

    @log.register_action(CAPACITY)
    class Capacity(LogFormatter):
        label = gettext_lazy("Change the number of seats")

        def format_message(self, entry) -> str:
            unlimited = _("no limit")
            return _("Seats: %(before)s before, %(after)s now") % {
                name: unlimited if entry.data[name] is None else entry.data[name]
                for name in ("before", "after")
            }
