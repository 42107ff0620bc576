"""How many members there are, as charts with the tables beside them."""

from typing import Any

from django.utils import timezone
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext_lazy as _

from members import charts, statistics

from .screens import Screen


class FiguresPage(Screen):
    """Counts only: nobody is named, and the page prints well."""

    right = "members.view_member"
    template_name = "members/admin/figures.html"
    page_title = _("Members in figures")
    header_icon = "view"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        drawn = [(figures, _drawn(figures)) for figures in statistics.all_figures(now)]
        return super().get_context_data(**kwargs) | {
            "summary": statistics.summary(now),
            "drawn": drawn,
            "now": now,
        }


def _drawn(figures: statistics.Figures) -> charts.Chart:
    if figures.is_over_time:
        return charts.standing(figures.lines)
    return charts.lying(figures.lines, mirrored=get_language_bidi())
