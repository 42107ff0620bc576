"""Addresses of the pages about people, below ``people/``."""

from django.urls import path

from . import views

urlpatterns = [
    path("", views.people, name="people"),
    path("<slug:slug>/", views.person, name="person"),
]
