"""Template tags about pages."""

from django import template

register = template.Library()
