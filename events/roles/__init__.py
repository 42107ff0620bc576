"""Who helps with one event: hosts, and those who check people in."""
