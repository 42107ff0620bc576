"""Lists of members from other systems: from rows to people. Nothing here writes."""
