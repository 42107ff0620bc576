"""How many members there are, as charts with the tables beside them."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from members import statistics

from .screens import Screen


class FiguresPage(Screen):
    """Counts only: nobody is named, and the page prints well."""

    right = "members.view_member"
    template_name = "members/admin/figures.html"
    page_title = _("Members in figures")
    header_icon = "view"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        return super().get_context_data(**kwargs) | {
            "summary": statistics.summary(now),
            "all_figures": statistics.all_figures(now),
            "now": now,
        }
