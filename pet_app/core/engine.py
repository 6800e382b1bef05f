"""Engines as measured: one writer and many readers on SQLite, one pool on Postgres."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, DateTime, Dialect, Engine, create_engine, event
from sqlalchemy.pool import QueuePool
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel

from pet_app.core.settings import settings

BUSY_MS = 5000
READERS = 8
POSTGRES_CONNECTIONS = 10

# Constraints need names of their own, or a later migration cannot find them again.
SQLModel.metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, aware and in UTC on the way in and on the way out, in every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time must carry its zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


@dataclass(frozen=True)
class Engines:
    """The engine that writes and the one that only reads."""

    writer: Engine
    reader: Engine

    def dispose(self) -> None:
        """Close every connection."""
        self.reader.dispose()
        self.writer.dispose()


@lru_cache
def engines() -> Engines:
    """The engines of this process, made on first use."""
    url = settings().database_url
    return _sqlite(url) if url.startswith("sqlite") else _postgres(url)


def close() -> None:
    """Close every connection; the next use opens the database that the settings then name."""
    if engines.cache_info().currsize:
        engines().dispose()
    engines.cache_clear()


def _postgres(url: str) -> Engines:
    writer = create_engine(
        url,
        pool_size=POSTGRES_CONNECTIONS,
        max_overflow=POSTGRES_CONNECTIONS,
        pool_timeout=BUSY_MS / 1000,
        pool_pre_ping=True,
        hide_parameters=True,
        # As on SQLite, nobody waits for another's lock for longer than a visitor would.
        connect_args={
            "connect_timeout": max(1, BUSY_MS // 1000),
            "options": f"-c lock_timeout={BUSY_MS}",
        },
    )
    return Engines(writer, writer.execution_options(postgresql_readonly=True))


def _sqlite(url: str) -> Engines:
    # One connection writes, so writers queue in the pool instead of failing on each other's locks.
    writer = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=1,
        max_overflow=0,
        pool_timeout=BUSY_MS / 1000,
        # Errors are logged, and what was written is somebody's.
        hide_parameters=True,
    )
    reader = create_engine(
        url,
        poolclass=QueuePool,
        pool_size=READERS,
        max_overflow=0,
        pool_timeout=BUSY_MS / 1000,
        hide_parameters=True,
    )
    if writer.url.database:
        Path(writer.url.database).parent.mkdir(parents=True, exist_ok=True)
    event.listen(writer, "connect", _open_writer)
    event.listen(reader, "connect", _open_reader)
    # A plain BEGIN would take the write lock only at the first write, and fail when it lost it.
    event.listen(writer, "begin", _begin_immediate)
    event.listen(reader, "begin", _begin)
    return Engines(writer, reader)


def _open_writer(connection: Any, _record: object) -> None:
    # What is deleted is overwritten: it may have been somebody's.
    _open(connection, "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "secure_delete=ON")


def _open_reader(connection: Any, _record: object) -> None:
    _open(connection, "query_only=ON")


def _open(connection: Any, *pragmas: str) -> None:
    # SQLite's own driver must not begin transactions behind our back.
    connection.isolation_level = None
    for pragma in (f"busy_timeout={BUSY_MS}", *pragmas):
        connection.execute(f"PRAGMA {pragma}")


def _begin_immediate(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
