"""Roles at events in the admin: the screen, the panel, the words of the log."""

from django.urls import URLPattern, path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail import hooks
from wagtail.log_actions import LogFormatter

from accounts.models import User
from events.models import EventRole

from . import actions, panels, views_admin

hooks.register("construct_homepage_panels", panels.show_helped_events)


@hooks.register("register_admin_urls")
def roles_screens() -> list[URLPattern]:
    return [path("events/<int:event_id>/roles/", views_admin.Roles.as_view(), name="event_roles")]


@hooks.register("register_log_actions")
def words_of_the_log(log) -> None:
    """Say in the history of an event who was let help, and until when."""

    @log.register_action(actions.GIVEN)
    class Given(LogFormatter):
        label = gettext_lazy("Let help")

        def format_message(self, entry) -> str:
            return _("%(name)s helps as %(role)s") % _told(entry.data)

    @log.register_action(actions.TAKEN)
    class Taken(LogFormatter):
        label = gettext_lazy("Let help no more")

        def format_message(self, entry) -> str:
            return _("%(name)s helps no more as %(role)s") % _told(entry.data)


def _told(data: dict) -> dict[str, str]:
    """Return the words for an account, which the log names by its number only (R25)."""
    user = User.objects.filter(pk=data["account"]).first()
    return {
        "name": (user.name or user.email) if user else _("somebody who has left"),
        "role": str(EventRole.Role(data["role"]).label),
    }
