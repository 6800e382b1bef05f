"""Tables brought up to date at start-up, by one process at a time."""

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlmodel import SQLModel

from pet_app.core.discovery import load_all
from pet_app.core.engine import engines
from pet_app.core.settings import ROOT

_beside: set[str] = set()

# Any constant will do, as long as nothing else in the database takes the same advisory lock.
MIGRATION_LOCK = 7_215_400_112


def load_models() -> None:
    """Import every table of every section, so that the metadata is whole."""
    load_all("models")


def beside(name: str) -> str:
    """Have an index made by hand, and the tables a database keeps for it, left alone; its name."""
    _beside.add(name)
    return name


def is_described(name: str | None, _kind: str, _parents: Mapping[str, str | None]) -> bool:
    """Whether something found in the database is for the models to describe; for Alembic."""
    return not any(name == one or str(name).startswith(f"{one}_") for one in _beside)


def migrate() -> None:
    """Bring the database to the newest revision; several processes may call this at once."""
    with _alone() as connection:
        command.upgrade(config(connection), "head")


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
