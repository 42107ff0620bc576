"""How good the search is, by a judged set of searches of the demo content (docs/relevance.md)."""
