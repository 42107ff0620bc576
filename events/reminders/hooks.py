"""The addresses of the screens of reminders."""

from django.urls import URLPattern, path
from wagtail import hooks

from . import views_admin


@hooks.register("register_admin_urls")
def reminder_screens() -> list[URLPattern]:
    return [
        path(
            "events/<int:event_id>/reminders/",
            views_admin.Reminders.as_view(),
            name="event_reminders",
        ),
        path(
            "events/<int:event_id>/reminders/<int:rule_id>/",
            views_admin.OneReminder.as_view(),
            name="one_event_reminder",
        ),
        path(
            "events/<int:event_id>/reminders/<int:rule_id>/mail/",
            views_admin.mail_html,
            name="event_reminder_mail",
        ),
    ]
