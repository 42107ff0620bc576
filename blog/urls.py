"""The feed of the blog."""

from django.urls import path

from . import feeds

urlpatterns = [path("feed/<str:form>/", feeds.blog_feed, name="blog_feed")]
