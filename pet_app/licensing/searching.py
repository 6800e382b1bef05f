"""Licences and applications found by words, in each database's own way.

On Postgres an index over the words of `search` follows the row by itself. On SQLite triggers keep
a table of town, word and row; what is deleted there is gone, which a full-text index of SQLite
does not promise before it is merged.
"""

from collections.abc import Sequence

from sqlalchemy import (
    DDL,
    ColumnElement,
    Table,
    and_,
    column,
    event,
    false,
    func,
    literal_column,
    select,
)
from sqlalchemy import table as sql_table
from sqlmodel import SQLModel

from pet_app.core import db
from pet_app.core.migration import beside
from pet_app.licensing.rules.search_words import search_words

MOST_WORDS = 6
LAST = "\U0010ffff"

WORD_TABLES = {name: beside(f"{name}_word") for name in ("licence", "licence_application")}
WORD_INDEXES = [beside(f"{name}_search") for name in WORD_TABLES]


def sqlite_statements(name: str) -> tuple[str, ...]:
    """What makes and keeps the words of a table on SQLite."""

    def put(row: str) -> str:
        each = f"""json_each('[' || replace(json_quote({row}.search), ' ', '","') || ']')"""
        return (
            f"INSERT OR IGNORE INTO {name}_word(town_id, word, id)"  # noqa: S608
            f" SELECT {row}.town_id, value, {row}.id FROM {each} WHERE value <> '';"
        )

    def drop(row: str) -> str:
        each = f"""json_each('[' || replace(json_quote({row}.search), ' ', '","') || ']')"""
        return (
            f"DELETE FROM {name}_word WHERE town_id = {row}.town_id AND id = {row}.id"  # noqa: S608
            f" AND word IN (SELECT value FROM {each});"
        )

    return (
        (
            f"CREATE TABLE {name}_word (town_id TEXT NOT NULL, word TEXT NOT NULL,"
            " id TEXT NOT NULL, PRIMARY KEY (town_id, word, id)) WITHOUT ROWID"
        ),
        f"CREATE TRIGGER {name}_word_added AFTER INSERT ON {name} BEGIN {put('new')} END",
        f"CREATE TRIGGER {name}_word_dropped AFTER DELETE ON {name} BEGIN {drop('old')} END",
        (
            f"CREATE TRIGGER {name}_word_changed AFTER UPDATE OF search, town_id ON {name}"
            f" WHEN old.search <> new.search OR old.town_id <> new.town_id"
            f" BEGIN {drop('old')} {put('new')} END"
        ),
    )


def postgres_statements(name: str) -> tuple[str, ...]:
    """The same on Postgres."""
    return (f"CREATE INDEX {name}_search ON {name} USING gin (to_tsvector('simple', search))",)


def attach(table: Table) -> None:
    """Have the words of a table kept whenever the table is made from its model."""
    for dialect, statements in (
        ("sqlite", sqlite_statements(table.name)),
        ("postgresql", postgres_statements(table.name)),
    ):
        for statement in statements:
            event.listen(table, "after_create", DDL(statement).execute_if(dialect=dialect))


def has_words(model: type[SQLModel], typed: str, town_ids: Sequence[str]) -> ColumnElement[bool]:
    """That a row of these towns has words that begin with each of those typed; no row for none."""
    words = search_words(typed).split()[:MOST_WORDS]
    if not words or not town_ids:
        return false()
    table = model.__table__  # pyright: ignore[reportAttributeAccessIssue]
    if not db.is_sqlite():
        asked = " & ".join(f"{word}:*" for word in words)
        kept = func.to_tsvector(literal_column("'simple'"), table.c.search)
        return kept.op("@@")(func.to_tsquery(literal_column("'simple'"), asked))
    return and_(*(_begins(table.name, table.c.id, word, town_ids) for word in words))


def _begins(
    name: str, row_id: ColumnElement[str], word: str, town_ids: Sequence[str]
) -> ColumnElement[bool]:
    kept = sql_table(f"{name}_word", column("town_id"), column("word"), column("id"))
    found = select(kept.c.id).where(
        kept.c.town_id.in_(town_ids), kept.c.word >= word, kept.c.word < word + LAST
    )
    return row_id.in_(found)
