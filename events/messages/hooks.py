"""The addresses of the screen of messages."""

from django.urls import URLPattern, path
from wagtail import hooks

from . import views_admin


@hooks.register("register_admin_urls")
def message_screens() -> list[URLPattern]:
    return [
        path(
            "events/<int:event_id>/messages/",
            views_admin.Messages.as_view(),
            name="event_messages",
        ),
        path("events/messages/<int:message_id>/stop/", views_admin.stop, name="stop_event_message"),
    ]
