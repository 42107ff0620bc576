"""The words of the database in use: one module for each, with the same functions."""

from types import ModuleType

from django.db import connection

from . import postgresql, sqlite


def dialect() -> ModuleType:
    """Return the module for the database that the site uses."""
    return postgresql if connection.vendor == "postgresql" else sqlite
