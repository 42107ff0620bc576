"""The search in an Elasticsearch cluster: one index of its own, asked with plain dicts."""
