"""Pages about everything under one term of a vocabulary."""

from django.urls import path

from . import views

urlpatterns = [
    path("regions/<slug:slug>/", views.region, name="region"),
    path("themes/<slug:slug>/", views.theme, name="theme"),
    path("sectors/<slug:slug>/", views.sector, name="sector"),
    path("countries/", views.countries, name="countries"),
    path("countries/<slug:slug>/", views.country, name="country"),
]
