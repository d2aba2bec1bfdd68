"""Questionnaires that were installed beside the built-in one, append-only like everything else."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from store.schema import UtcDateTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_Number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Create the table and forbid changes to its rows."""
    op.create_table(
        "questionnaires",
        sa.Column("id", _Number, autoincrement=True, nullable=False),
        sa.Column("questionnaire_id", sa.String(64), nullable=False),
        sa.Column("version", sa.String(80), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("whole", sa.LargeBinary(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_questionnaires"),
        sa.UniqueConstraint("questionnaire_id", "version", name="uq_questionnaires_questionnaire_id_version"),
    )
    dialect = op.get_bind().dialect.name
    if dialect == "sqlite":
        for change in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER questionnaires_no_{change} BEFORE {change.upper()} ON questionnaires "
                "BEGIN SELECT RAISE(ABORT, 'questionnaires are append-only'); END"
            )
    elif dialect == "postgresql":
        op.execute(
            "CREATE TRIGGER questionnaires_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON questionnaires "
            "FOR EACH STATEMENT EXECUTE FUNCTION sixstep_append_only()"
        )


def downgrade() -> None:
    """Assessments are answered on them, so there is no way back; restore a copy instead."""
    raise NotImplementedError
