"""Rows and documents: append-only events in SQLite or PostgreSQL, and the assessment that is a fold over them."""
