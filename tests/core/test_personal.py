"""What is held about people: no table is forgotten, and files others use stay."""

from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import Column, MetaData, String, Table
from sqlmodel import SQLModel

from pet_app.core import personal, storage
from pet_app.core.discovery import load_all
from pet_app.core.errors import NotFound


def forgotten(metadata: MetaData) -> set[str]:
    """The tables that say whose a row is and that no holding covers."""
    covered = {str(model.__tablename__) for held in personal.holdings() for model in held.covers}
    return {
        table.name
        for table in metadata.tables.values()
        if personal.says_whose(table) and table.name not in covered
    }


def unnamed(metadata: MetaData) -> set[str]:
    """The columns that name files in storage and that no holding looks at."""
    known = {str(column) for held in personal.holdings() for column in held.files}
    return {
        f"{table.name}.{column.name}"
        for table in metadata.tables.values()
        for column in table.columns
        if ("storage_key" in column.name or column.name.startswith("picture"))
        and not any(name.endswith(f".{column.name}") and _is_of(name, table) for name in known)
    }


def _is_of(name: str, table: Table) -> bool:
    model = name.partition(".")[0]
    return any(
        mapper.class_.__name__ == model and mapper.local_table is table
        for mapper in SQLModel._sa_registry.mappers
    )


def test_whatever_says_whose_it_is_is_shown_and_erased() -> None:
    load_all("models")
    assert forgotten(SQLModel.metadata) == set()


@pytest.mark.parametrize("name", personal.SAYS_WHOSE)
def test_a_table_nobody_thought_of_is_found(name: str) -> None:
    metadata = MetaData()
    Table("planted", metadata, Column(name, String))
    assert forgotten(metadata) == {"planted"}


def test_every_column_that_names_a_file_is_looked_at_before_one_is_deleted() -> None:
    load_all("models")
    assert unnamed(SQLModel.metadata) == set()
    metadata = MetaData()
    Table("planted", metadata, Column("storage_key", String))
    assert unnamed(metadata) == {"planted.storage_key"}


@pytest.mark.usefixtures("sqlite_database")
def test_a_file_goes_unless_a_row_names_it() -> None:
    key = storage.put(b"nobody's", ".webp")
    personal.let_go([key, key])
    assert not storage.exists(key)


def test_a_private_file_is_read_by_its_key_and_by_no_other_way() -> None:
    content = b"mine" * 200_000
    key = storage.private_key(b"secret", "one", ".zip")
    assert key != storage.private_key(b"other", "one", ".zip")
    storage.put_private(key, BytesIO(content))
    assert b"".join(storage.read_private(key)) == content
    with pytest.raises(NotFound):
        storage.get(key)
    for odd in ("private/../shop.db", "private/a.zip", "../" + key, ""):
        with pytest.raises(NotFound):
            storage.read_private(odd)
    storage.delete(key)
    storage.delete(key)
    with pytest.raises(NotFound):
        storage.read_private(key)


def test_what_a_killed_process_left_half_written_goes_with_its_file(shop: Path) -> None:
    key = storage.private_key(b"secret", "one", ".zip")
    storage.put_private(key, BytesIO(b"mine"))
    (half := shop / "storage" / f"{key}#1").write_bytes(b"mi")
    storage.delete(key)
    assert not half.exists()
