"""Where the admin leads to series, to one more meeting, and warns of clashes."""

from collections.abc import Iterator

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.ui.menus.pages import PageMenuItem

from events.models import EventIndexPage, EventPage
from working_groups.access import may_edit_below
from working_groups.models import WorkingGroupPage

from . import views_admin


@hooks.register("register_admin_urls")
def series_screens() -> list[URLPattern]:
    return [
        path(
            "meetings/below/<int:page_id>/", views_admin.SeriesList.as_view(), name="event_series"
        ),
        path(
            "meetings/series/<int:series_id>/",
            views_admin.OneSeries.as_view(),
            name="one_event_series",
        ),
        path(
            "meetings/<int:event_id>/again/", views_admin.Another.as_view(), name="another_meeting"
        ),
    ]


@hooks.register("register_page_header_buttons")
def buttons(page, user, **around) -> Iterator[PageMenuItem]:
    """Give those who may add meetings there the ways to several at once, and to one more."""
    specific = page.specific_deferred
    if isinstance(specific, EventPage):
        if page.pk and may_edit_below(page.get_parent(), user):
            url = reverse("another_meeting", args=[page.pk])
            yield PageMenuItem(_("Same again on another day"), url, "copy", 13, page=page)
    elif isinstance(specific, WorkingGroupPage | EventIndexPage) and may_edit_below(page, user):
        url = reverse("event_series", args=[page.pk])
        yield PageMenuItem(_("Series of meetings"), url, "date", 13, page=page)


@hooks.register("after_create_page")
@hooks.register("after_edit_page")
def warn_of_clashes(request: HttpRequest, page) -> None:
    """Say who else meets then, as soon as the hour is set; it is for people to decide."""
    if isinstance(page, EventPage):
        views_admin.warn_of_clashes(request, page)
