"""The address to which the mail provider reports."""

from django.urls import path

from .webhooks import reports

urlpatterns = [path("<str:secret>/", reports, name="mail_reports")]
