"""Reports of meeting tools: from rows to people who were there. Nothing here writes."""
