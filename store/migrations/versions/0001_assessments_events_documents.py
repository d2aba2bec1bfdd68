"""Assessments, events and documents, all append-only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.schema import CanonicalJson, UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_TABLES = ("assessments", "events", "documents")
_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the three tables and forbid changes to their rows."""
    _create_assessments()
    _create_events()
    _create_documents()
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        _forbid_on_sqlite()
    elif dialect == "postgresql":
        _forbid_on_postgresql()


def downgrade() -> None:
    """Answers are never thrown away, so there is no way back; restore a copy instead."""
    raise NotImplementedError


def _create_assessments() -> None:
    op.create_table(
        "assessments",
        sa.Column("id", sa.String(43), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_assessments"),
    )


def _create_events() -> None:
    op.create_table(
        "events",
        sa.Column("id", _Number, autoincrement=True, nullable=False),
        sa.Column("assessment_id", sa.String(43), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("key", sa.String(100), nullable=False),
        sa.Column("payload", CanonicalJson()),
        sa.Column("actor", sa.String(200), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("questionnaire_version", sa.String(80), nullable=False),
        sa.Column("request_id", sa.String(100)),
        sa.PrimaryKeyConstraint("id", name="pk_events"),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessments.id"], name="fk_events_assessment_id"),
        sa.UniqueConstraint("assessment_id", "sequence", name="uq_events_assessment_id_sequence"),
        sa.UniqueConstraint("assessment_id", "request_id", name="uq_events_assessment_id_request_id"),
    )
    columns = ["assessment_id", "kind", "key", "sequence"]
    op.create_index("ix_events_assessment_id_kind_key_sequence", "events", columns)


def _create_documents() -> None:
    op.create_table(
        "documents",
        sa.Column("id", _Number, autoincrement=True, nullable=False),
        sa.Column("assessment_id", sa.String(43), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_documents"),
        sa.ForeignKeyConstraint(["assessment_id"], ["assessments.id"], name="fk_documents_assessment_id"),
    )
    op.create_index("ix_documents_assessment_id", "documents", ["assessment_id"])


def _forbid_on_sqlite() -> None:
    for table in _TABLES:
        for change in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{change} BEFORE {change.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
            )


def _forbid_on_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION sixstep_append_only() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% are append-only', TG_TABLE_NAME; END $$"
    )
    for table in _TABLES:
        op.execute(
            f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION sixstep_append_only()"
        )
