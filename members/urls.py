"""Joining, one’s own membership, and what links in mails lead to."""

from django.urls import path

from .views import joining

urlpatterns = [
    path("join/", joining.join, name="join"),
    path("join/check-your-mail/", joining.check_mail, name="join_check_mail"),
    path("join/confirm/<str:token>/", joining.confirm, name="join_confirm"),
]
