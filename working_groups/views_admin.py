"""Screens of our own in the admin, and two of Wagtail’s that would show too much."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.generic import TemplateView
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.chooser import ChosenMultipleView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.reports.page_types_usage import PageTypesUsageReportView
from wagtail.models import Page

from .access import is_secretariat, may_edit_below, visible_pages
from .dashboard import without_recording
from .models import WorkingGroupPage


class MissingRecordingsView(WagtailAdminTemplateMixin, TemplateView):
    """The meetings of a group that were held and have no recording yet, the latest first."""

    template_name = "working_groups/admin/missing_recordings.html"
    page_title = _("Add a recording")
    header_icon = "media"

    def dispatch(self, request, group_id: int):
        self.group = get_object_or_404(WorkingGroupPage, pk=group_id)
        if not may_edit_below(self.group, request.user):
            raise PermissionDenied
        return super().dispatch(request)

    def get_page_subtitle(self) -> str:
        return self.group.title

    def get_breadcrumbs_items(self) -> list[dict]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.get_page_title()}]

    def get_context_data(self, **kwargs) -> dict:
        events = without_recording(timezone.now()).filter(group=self.group)[:100]
        return super().get_context_data(**kwargs) | {"group": self.group, "events": events}


class VisibleChosenView(ChosenMultipleView):
    """Tell the titles of chosen pages only to those who may see them."""

    def get(self, request):
        pks = [pk for pk in request.GET.getlist("id") if pk.isdecimal()]
        pages = visible_pages(Page.objects.filter(pk__in=pks), request.user)
        query = request.GET.copy()
        query.setlist("id", [str(pk) for pk in pages.values_list("pk", flat=True)])
        request.GET = query
        return super().get(request)


class PageTypesForSecretariatView(PageTypesUsageReportView):
    """This report names the last page of each type, whoever it belongs to."""

    def dispatch(self, request, *args, **kwargs):
        if not is_secretariat(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


chosen_pages = never_cache(require_admin_access(VisibleChosenView.as_view()))
page_types = never_cache(require_admin_access(PageTypesForSecretariatView.as_view()))
page_types_results = never_cache(
    require_admin_access(PageTypesForSecretariatView.as_view(results_only=True))
)
