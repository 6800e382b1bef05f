"""Tables brought up to date at start-up, by one process at a time."""

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, inspect, text
from sqlmodel import SQLModel, col, select

from pet_app.core import clock
from pet_app.core.discovery import load_all
from pet_app.core.engine import engines
from pet_app.core.models import Milestone
from pet_app.core.sections import SECTIONS, chosen
from pet_app.core.settings import ROOT, settings

REVISIONS = "alembic_version"
HOLDS = "holds "
"""Begins the milestones of a database that was made for some sections; a name follows."""

_beside: set[str] = set()

# Any constant will do, as long as nothing else in the database takes the same advisory lock.
MIGRATION_LOCK = 7_215_400_112


def load_models() -> None:
    """Import every table of every section served, so that the metadata is whole."""
    load_all("models")


def beside(name: str) -> str:
    """Have an index made by hand, and the tables a database keeps for it, left alone; its name."""
    _beside.add(name)
    return name


def is_described(name: str | None, _kind: str, _parents: Mapping[str, str | None]) -> bool:
    """Whether something found in the database is for the models to describe; for Alembic."""
    return not any(name == one or str(name).startswith(f"{one}_") for one in _beside)


def migrate() -> None:
    """Bring the database to the newest revision; several processes may call this at once.

    A site of its own, beside no main site, keeps of a new database only what its sections use.
    Raises `RuntimeError` for a database that was made without a section this process serves.
    """
    with _alone() as connection:
        is_new = not inspect(connection).has_table(REVISIONS)
        command.upgrade(config(connection), "head")
        if is_new and set(chosen()) != set(SECTIONS) and not settings().main_site_url:
            _keep_ours(connection)
        if missing := set(chosen()) - set(_held(connection)):
            raise RuntimeError(
                f"This database was made without {', '.join(sorted(missing))}. "
                "Use one that the whole site made, or leave them out of PET_SECTIONS."
            )


def is_whole() -> bool:
    """Whether this process serves every section its database holds.

    If not, another process does, and all work that waits in the database is for that one: this
    one knows neither every reaction to an event nor every table that names a person.
    """
    if set(chosen()) == set(SECTIONS):
        return True
    with engines().reader.connect() as connection:
        return set(_held(connection)) <= set(chosen())


def create_all() -> None:
    """Create every table as the models now describe it, without migrations; for tests."""
    load_models()
    with _alone() as connection:
        SQLModel.metadata.create_all(connection)


def config(connection: Connection) -> Config:
    """Alembic's configuration, working on this connection."""
    made = Config(ROOT / "alembic.ini")
    made.set_main_option("script_location", str(ROOT / "alembic"))
    made.attributes["connection"] = connection
    return made


def _held(connection: Connection) -> tuple[str, ...]:
    """The sections whose tables are in this database: all, unless it was made for some."""
    marks = connection.execute(select(Milestone.name).where(col(Milestone.name).startswith(HOLDS)))
    return tuple(name.removeprefix(HOLDS) for name in marks.scalars()) or SECTIONS


def _keep_ours(connection: Connection) -> None:
    """Drop what other sections would keep in a database that was made just now, and note it.

    What is made by hand says whose it is when the models are loaded, by `beside`.
    """
    load_models()
    dialect, kept = connection.dialect, {*SQLModel.metadata.tables, REVISIONS}
    quoted = dialect.identifier_preparer.quote
    if dialect.name == "sqlite":
        # An index for searching is a table of its own, and brings tables that go with it.
        found = "SELECT name FROM sqlite_master WHERE sql LIKE 'CREATE VIRTUAL TABLE%'"
        for name in connection.execute(text(found)).scalars().all():
            if is_described(name, "table", {}):
                connection.execute(text(f"DROP TABLE {quoted(name)}"))
    for name in inspect(connection).get_table_names():
        if name not in kept and is_described(name, "table", {}):
            cascade = "" if dialect.name == "sqlite" else " CASCADE"
            connection.execute(text(f"DROP TABLE {quoted(name)}{cascade}"))
    now = clock.now()
    marks = [{"name": f"{HOLDS}{section}", "reached": now} for section in chosen()]
    connection.execute(SQLModel.metadata.tables["milestone"].insert(), marks)


@contextmanager
def _alone() -> Iterator[Connection]:
    """A transaction during which no other process migrates the same database."""
    engine = engines().writer
    if engine.dialect.name == "sqlite":
        with _file_lock(Path(f"{engine.url.database}.migrating")), engine.begin() as connection:
            yield connection
        return
    with engine.begin() as connection:
        # Whoever migrates first may take long; the others wait for as long as that is.
        connection.execute(text("SET LOCAL lock_timeout = 0"))
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": MIGRATION_LOCK})
        yield connection


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    # A lock of the system's goes when its process goes, however it goes.
    with path.open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield
