"""Fixtures for every test. The real services have a plugin of their own."""

pytest_plugins = ["tests.services.plugin"]
