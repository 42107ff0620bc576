"""Institutions that are members: how they join, who speaks for them, and their pages."""
