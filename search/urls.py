"""The search page, what its box suggests, and what it hears of its results."""

from django.urls import path

from . import opened, views

urlpatterns = [
    path("", views.search, name="search"),
    path("suggestions/", views.suggestions, name="search_suggestions"),
    path("opened/", opened.opened, name="search_opened"),
]
