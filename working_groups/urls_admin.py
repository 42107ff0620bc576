"""Addresses that stand before those of Wagtail’s admin and show no other group’s pages."""

from django.urls import path

from . import views_admin

urlpatterns = [
    path("choose-page/chosen-multiple/", views_admin.chosen_pages),
    path("reports/page-types-usage/", views_admin.page_types),
    path("reports/page-types-usage/results/", views_admin.page_types_results),
]
