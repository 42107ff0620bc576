from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Accounts")
    default = True

    def ready(self):
        from . import receivers  # noqa: F401 - connects itself


class AccountsInAdminConfig(WagtailUsersAppConfig):
    """Wagtail’s management of users, with our forms."""

    user_viewset = "accounts.viewsets.AccountViewSet"
