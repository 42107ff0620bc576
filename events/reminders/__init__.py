"""Reminders: when who is written to before and after an event, by rules that organisers change."""
