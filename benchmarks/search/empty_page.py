"""The addresses of the site with one more: a page with nothing in it but what every page has."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from decentralization.urls import urlpatterns as addresses

ADDRESS = "/empty-page-of-the-benchmark/"


def empty_page(request: HttpRequest) -> HttpResponse:
    """Show the header, the menus and the footer."""
    return render(request, "base.html")


urlpatterns = [path(ADDRESS.strip("/") + "/", empty_page), *addresses]
