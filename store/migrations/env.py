"""Alembic's environment: migrations run on the connection, and inside the transaction, that the store hands over."""

from __future__ import annotations

from alembic import context
from sqlalchemy import Connection

from store.connection import connect, database_url, writing
from store.schema import metadata


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=metadata, transactional_ddl=True)
    context.run_migrations()


given = context.config.attributes.get("connection")
if given is None:
    with writing(connect(database_url())).begin() as own:
        _run(own)
else:
    _run(given)
