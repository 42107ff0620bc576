"""The feed of each group, below ``groups/``; Wagtail serves the groups’ pages."""

from django.urls import path

from . import feeds

urlpatterns = [path("<slug:slug>/feed/<str:form>/", feeds.group_feed, name="group_feed")]
