"""Meetings that come again: the rule, the drafts made by it, one more like the last."""
