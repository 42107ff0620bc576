"""Events in the admin: registration."""

from django.urls import URLPattern, path
from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from .messages import hooks as messages_hooks  # noqa: F401 - registers itself
from .registration import deleting, views_admin
from .registration.buttons import organisers_buttons
from .registration.viewsets import RegistrationAdmin
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
        path("registration/<int:registration_id>/", views_admin.one, name="one_registration"),
    ]
