"""Addresses that are the same in every language."""

from django.urls import path

from . import share_images, sitemap

urlpatterns = [
    path("robots.txt", sitemap.robots, name="robots"),
    path("sitemap.xml", sitemap.index, name="sitemap"),
    path("sitemap-<str:section>.xml", sitemap.section, name="sitemap_section"),
    path("share/<slug:slug>.png", share_images.share_image, name="share_image"),
]
