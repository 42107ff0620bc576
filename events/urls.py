"""Addresses of the calendar that are no pages."""

from django.urls import include, path, re_path

from . import views
from .feeds import views as feeds
from .series import views as series

urlpatterns = [
    re_path(r"^(?P<pk>[0-9]{1,18})\.ics$", views.event_ics, name="event_ics"),
    re_path(r"^calendar\.(?P<form>[a-z]{3,4})$", feeds.event_feed, name="event_feed"),
    path("mine/", feeds.my_calendar, name="my_calendar"),
    re_path(
        r"^mine/(?P<token>[0-9A-Za-z._-]{10,120})\.ics$", feeds.personal_feed, name="personal_feed"
    ),
    re_path(r"^series/(?P<pk>[0-9]{1,18})/$", series.series, name="event_series_page"),
    re_path(
        r"^series/(?P<pk>[0-9]{1,18})/calendar\.(?P<form>[a-z]{3,4})$",
        series.series_feed,
        name="event_series_feed",
    ),
    path("time-zone/", views.event_time_zone, name="event_time_zone"),
    path("", include("events.attendance.urls")),
    path("", include("events.registration.urls")),
]
