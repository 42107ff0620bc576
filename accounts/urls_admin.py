"""Addresses that stand before those of Wagtail’s admin and hide them."""

from django.urls import path

from . import views

urlpatterns = [
    # Wagtail’s own log-in would let people pass without allauth’s limits and second factor.
    path("login/", views.admin_log_in, name="admin_log_in"),
    path("account/", views.editor_settings),
]
