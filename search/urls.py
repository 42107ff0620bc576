"""The search page."""

from django.urls import path

from . import opened, views

urlpatterns = [
    path("", views.search, name="search"),
    path("opened/", opened.opened, name="search_opened"),
]
