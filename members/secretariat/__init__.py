"""Screens on which the secretariat looks after members: imports, doubles, figures."""
