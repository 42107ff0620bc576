"""Settings by place: production is the base, and dev and test only loosen it."""
