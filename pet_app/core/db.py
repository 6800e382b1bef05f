"""Transactions: `writing` and `reading` in a thread, `write` and `read` from the event loop."""

import asyncio
import contextvars
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from sqlite3 import OperationalError
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Engine, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DataError, DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session, SQLModel

from pet_app.core.engine import UtcDateTime, close, engines
from pet_app.core.errors import Invalid, Unavailable
from pet_app.core.migration import create_all, migrate

__all__ = [
    "Session",
    "UtcDateTime",
    "close",
    "create_all",
    "database_now",
    "insert",
    "is_sqlite",
    "migrate",
    "read",
    "reading",
    "wipe",
    "write",
    "writing",
]

P = ParamSpec("P")
R = TypeVar("R")

BUSY = "The shop is very busy right now. Nothing was lost; please try again in a moment."
UNFIT = "Some of what was sent holds a character or a number we cannot keep. Please change it."
THREADS = 16
BUSY_SIGNS = (
    "database is locked",
    "database or disk is full",
    "disk i/o error",
    "lock timeout",
    "deadlock detected",
)

# A pool of its own, so that slow work in the loop's default threads never holds up a page.
_threads = ThreadPoolExecutor(THREADS, thread_name_prefix="db")


@contextmanager
def writing() -> Iterator[Session]:
    """One transaction that may write: committed at the end, rolled back on any error.

    Raises `Unavailable` when the database stays locked or cannot be reached.
    """
    with _session(engines().writer) as session:
        yield session
        session.commit()


@contextmanager
def reading() -> Iterator[Session]:
    """One transaction that cannot write, over one consistent view of the data."""
    with _session(engines().reader) as session:
        yield session


async def write(verb: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `verb(session, …)` in a thread, in one transaction, and return what it returns."""

    def run() -> R:
        with writing() as session:
            return verb(session, *args, **kwargs)

    return await _in_thread(run)


async def read(verb: Callable[Concatenate[Session, P], R], *args: P.args, **kwargs: P.kwargs) -> R:
    """Run `verb(session, …)` in a thread, reading only, and return what it returns."""

    def run() -> R:
        with reading() as session:
            return verb(session, *args, **kwargs)

    return await _in_thread(run)


def database_now(session: Session) -> datetime:
    """The moment by the database's clock, which every process shares."""
    if is_sqlite():
        found = session.connection().execute(text("SELECT strftime('%Y-%m-%d %H:%M:%f', 'now')"))
        return datetime.fromisoformat(found.scalar_one()).replace(tzinfo=UTC)
    found = session.connection().execute(text("SELECT clock_timestamp()"))
    return found.scalar_one().astimezone(UTC)


def insert(table: type[SQLModel]) -> sqlite.Insert | postgresql.Insert:
    """An INSERT that can be told what to do on a conflict, in the database at hand."""
    return sqlite.insert(table) if is_sqlite() else postgresql.insert(table)


def is_sqlite() -> bool:
    """Whether this process stands on SQLite rather than Postgres."""
    return engines().writer.dialect.name == "sqlite"


def wipe() -> None:
    """Leave no trace of deleted rows in the file of the database. Blocks whoever wants to write.

    SQLite overwrites what is deleted, but a page that was divided may keep a copy, and so does the
    log until it is cut. Postgres reuses the room of deleted rows in its own time, and no query or
    dump ever shows them. Raises `Unavailable` while a reader holds on to an older state.
    """
    if not is_sqlite():
        return
    connection = engines().writer.raw_connection()
    try:
        cursor = connection.cursor()
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        if (cursor.fetchone() or (1,))[0]:
            raise Unavailable(BUSY)
    except OperationalError as error:
        raise Unavailable(BUSY) from error
    finally:
        connection.close()


@contextmanager
def _session(engine: Engine) -> Iterator[Session]:
    try:
        # Rows stay readable after their transaction: pages show them when it is over.
        with Session(engine, expire_on_commit=False) as session:
            yield session
    except PoolTimeout as error:
        raise Unavailable(BUSY) from error
    except DataError as error:
        raise Invalid(UNFIT) from error
    except DBAPIError as error:
        if _passes(error):
            raise Unavailable(BUSY) from error
        raise


def _passes(error: DBAPIError) -> bool:
    """Whether trying again later can help: a lock, a full disk, a server that went away."""
    said = str(error.orig).lower()
    lost = error.connection_invalidated or (not is_sqlite() and "connection" in said)
    return lost or any(sign in said for sign in BUSY_SIGNS)


def _forked() -> None:
    global _threads
    _threads = ThreadPoolExecutor(THREADS, thread_name_prefix="db")


# Threads stay behind when a process forks.
os.register_at_fork(after_in_child=_forked)


async def _in_thread(run: Callable[[], R]) -> R:
    context = contextvars.copy_context()
    return await asyncio.get_running_loop().run_in_executor(_threads, context.run, run)
