"""What the screens share: who may see them, and the way back to the list of members."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin


@method_decorator(never_cache, name="dispatch")
class Screen(WagtailAdminTemplateMixin, TemplateView):
    """A screen for those with one right, below another one in the path at the top."""

    right: str
    above: tuple[str, Any] = ("members_modeladmin_index", _("Members"))

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not request.user.has_perm(self.right):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self) -> list[dict]:
        return [
            *super().get_breadcrumbs_items(),
            self.get_way_up(),
            {"url": "", "label": self.get_page_title()},
        ]

    def get_way_up(self) -> dict:
        """Return the screen above this one, for the path at the top."""
        name, label = self.above
        return {"url": reverse(name), "label": label}
