"""The search in the database, SQLite or PostgreSQL."""
