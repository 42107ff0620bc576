"""Pages about everything under one term of a vocabulary, and their feeds."""

from django.urls import path

from . import feeds, views

urlpatterns = [
    path("regions/<slug:slug>/", views.region, name="region"),
    path("regions/<slug:slug>/feed/<str:form>/", feeds.region_feed, name="region_feed"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("themes/<slug:slug>/feed/<str:form>/", feeds.theme_feed, name="theme_feed"),
    path("sectors/<slug:slug>/", views.sector, name="sector"),
    path("countries/", views.countries, name="countries"),
    path("countries/<slug:slug>/", views.country, name="country"),
]
