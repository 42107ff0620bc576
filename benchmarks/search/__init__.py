"""How fast the search is, beside what the cluster alone needs for the same."""
