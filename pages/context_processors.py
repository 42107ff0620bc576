"""What every template of the site can use."""

from django.http import HttpRequest


def site_furniture(request: HttpRequest) -> dict:
    """Menus, topics, footer and languages."""
    return {}
