"""Where the admin leads to attendance."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from events.registration import organising

from . import views_figures, views_report
from .certificates.views import of_somebody

BELOW_REGISTRATIONS = 251


@hooks.register("register_admin_urls")
def attendance_screens() -> list[URLPattern]:
    return [
        path(
            "events/<int:event_id>/attendance/",
            views_report.NewReport.as_view(),
            name="event_attendance_report",
        ),
        path(
            "events/<int:event_id>/attendance/<int:report_id>/",
            views_report.OneReport.as_view(),
            name="attendance_report",
        ),
        path(
            "events/<int:event_id>/figures/",
            views_figures.EventFigures.as_view(),
            name="event_figures",
        ),
        path("attendance/", views_figures.Overview.as_view(), name="attendance_overview"),
        path(
            "registration/<int:registration_id>/certificate/",
            of_somebody,
            name="certificate_of_somebody",
        ),
    ]


class OverviewItem(MenuItem):
    """The way to the figures of all events, for those who organise any."""

    def is_shown(self, request: HttpRequest) -> bool:
        return organising.organises(request.user)


@hooks.register("register_admin_menu_item")
def overview_item() -> MenuItem:
    url = reverse("attendance_overview")
    return OverviewItem(_("Attendance"), url, icon_name="circle-check", order=BELOW_REGISTRATIONS)
