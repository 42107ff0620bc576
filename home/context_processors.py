"""What every template of the site can use."""

from django.http import HttpRequest

from .navigation import Navigation


def navigation(request: HttpRequest) -> dict:
    """Return ``navigation``; a page that Wagtail serves is found on the request."""
    return {"navigation": Navigation(request, getattr(request, "served_page", None))}
