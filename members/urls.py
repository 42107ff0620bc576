"""Joining, one’s own membership, and what links in mails lead to."""

from django.urls import path

from .views import joining, preferences

urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/check-your-mail/", joining.check_mail, name="join_check_mail"),
    path("join/confirm/<str:token>/", joining.confirm, name="join_confirm"),
    path("preferences/", preferences.ask_for_link, name="preferences_ask"),
    path("preferences/check-your-mail/", preferences.check_mail, name="preferences_check_mail"),
    path("preferences/<str:token>/", preferences.preferences, name="preferences"),
    path("unsubscribe/<str:token>/", preferences.unsubscribe, name="unsubscribe"),
]
