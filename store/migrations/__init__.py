"""Alembic migrations of the store; applied by :mod:`store.migrate`."""
