"""Addresses that stand before those of Wagtail’s admin and hide them."""

from django.urls import path
from django.views.generic import RedirectView

from . import views

urlpatterns = [
    # Wagtail’s own log-in would let people pass without allauth’s limits and second factor.
    path("login/", RedirectView.as_view(pattern_name="account_login", query_string=True)),
    path("account/", views.editor_settings),
]
