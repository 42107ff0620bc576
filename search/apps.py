from django.apps import AppConfig
from django.core import checks
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = _("Search")

    def ready(self):
        from . import receivers
        from .checks import check_page_types

        receivers.connect()
        checks.register(check_page_types, checks.Tags.models)
