"""The address of the screen of notices."""

from django.urls import URLPattern, path
from wagtail import hooks

from . import views_admin


@hooks.register("register_admin_urls")
def notice_screens() -> list[URLPattern]:
    view = views_admin.Notices.as_view()
    return [path("events/<int:event_id>/notices/", view, name="event_notices")]
