"""Lists of members from other systems: from bytes to rows to people. Nothing here writes."""
