"""Formats of dates where the site differs from what Django has for a language."""
