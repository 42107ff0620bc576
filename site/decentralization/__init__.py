"""Wiring only: settings, URLs, the WSGI entry point. No models, no rules."""
