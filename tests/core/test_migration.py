"""The tables the migrations make are the tables the models describe, whoever comes first."""

import subprocess
import sys

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlmodel import SQLModel

from pet_app.core import db
from pet_app.core.engine import engines
from pet_app.core.migration import is_described, load_models
from pet_app.core.settings import ROOT

MIGRATE = "from pet_app.core import db; db.migrate()"


def differences() -> list[object]:
    """What autogenerate would still change."""
    load_models()
    with engines().writer.connect() as connection:
        found = MigrationContext.configure(connection, opts={"include_name": is_described})
        return list(compare_metadata(found, SQLModel.metadata))


def test_migrations_make_what_the_models_describe(empty_database: str) -> None:
    db.migrate()
    assert differences() == []


def test_migrating_twice_changes_nothing(empty_database: str) -> None:
    db.migrate()
    db.migrate()
    assert differences() == []


@pytest.mark.usefixtures("empty_database")
def test_four_processes_may_migrate_one_empty_database_at_once() -> None:
    processes = [
        subprocess.Popen([sys.executable, "-c", MIGRATE], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    for process in processes:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said.decode()
    assert differences() == []
