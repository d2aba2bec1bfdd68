"""The tables. Migrations create them; a test holds the two together."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

ID_LENGTH = 43
KEY_LENGTH = 100
ACTOR_LENGTH = 200
REQUEST_LENGTH = 100
FILE_NAME_LENGTH = 200
VERSION_LENGTH = 80
QUESTIONNAIRE_LENGTH = 64
APPEND_ONLY = ("assessments", "events", "documents", "questionnaires")


def canonical(value: Any) -> str:
    """Return the one JSON text of a value: sorted keys, no blanks, no NaN."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment in UTC, aware on both sides also where the database keeps no zone."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment in UTC; refuse one without a zone."""
        if value is not None and value.tzinfo is None:
            message = "a moment without a time zone cannot be stored"
            raise ValueError(message)
        return None if value is None else value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the moment with its zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class CanonicalJson(TypeDecorator[Any]):
    """A JSON value as its canonical text. SQLite would store a JSON column's figures as its own, rounded, numbers."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:  # noqa: ARG002
        """Return the text; None stays null."""
        return None if value is None else canonical(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return the value."""
        return None if value is None else json.loads(value)


metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)
_Number = BigInteger().with_variant(Integer(), "sqlite")

assessments = Table(
    "assessments",
    metadata,
    Column("id", String(ID_LENGTH), primary_key=True),
    Column("created_at", UtcDateTime(), nullable=False),
)

events = Table(
    "events",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("assessment_id", String(ID_LENGTH), ForeignKey("assessments.id"), nullable=False),
    Column("sequence", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("key", String(KEY_LENGTH), nullable=False),
    Column("payload", CanonicalJson()),
    Column("actor", String(ACTOR_LENGTH), nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    Column("questionnaire_version", String(VERSION_LENGTH), nullable=False),
    Column("request_id", String(REQUEST_LENGTH)),
    UniqueConstraint("assessment_id", "sequence"),
    UniqueConstraint("assessment_id", "request_id"),
    Index(None, "assessment_id", "kind", "key", "sequence"),
)

documents = Table(
    "documents",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("assessment_id", String(ID_LENGTH), ForeignKey("assessments.id"), nullable=False, index=True),
    Column("file_name", String(FILE_NAME_LENGTH), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
)

questionnaires = Table(
    "questionnaires",
    metadata,
    Column("id", _Number, primary_key=True, autoincrement=True),
    Column("questionnaire_id", String(QUESTIONNAIRE_LENGTH), nullable=False),
    Column("version", String(VERSION_LENGTH), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("file_name", String(FILE_NAME_LENGTH), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("whole", LargeBinary, nullable=False),
    Column("at", UtcDateTime(), nullable=False),
    UniqueConstraint("questionnaire_id", "version"),
)
