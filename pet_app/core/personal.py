"""What the shop holds about people: each section says what, shows it and lets go of it.

A section registers its holding here, so that the lowest can walk over all of them.
"""

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Table, func
from sqlalchemy.orm import Mapped
from sqlmodel import Session, SQLModel, col, select

from pet_app.core import db, storage
from pet_app.core.discovery import load_all
from pet_app.core.security.identity import user_owner

SAYS_WHOSE = ("owner", "user_id", "person", "email")
"""Columns by these names make of a row something that is held about somebody."""

OWNERS = user_owner("")


@dataclass(frozen=True)
class Person:
    """Whose things they are. `email` is empty once the account is gone."""

    id: str
    email: str = field(default="", repr=False)

    @property
    def owner(self) -> str:
        return user_owner(self.id)


@dataclass(frozen=True)
class Shown:
    """What is held: lists of plain rows by what they are, and the storage keys of files by the
    name each has in a copy."""

    rows: dict[str, list[dict[str, Any]]]
    files: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Holding:
    """What one part of the shop holds about people.

    `covers` are its tables that say whose a row is; `files` the columns in which it names files in
    storage, whoever they belong to. `erase` deletes the rows of one person and gives the keys of
    the files these named; it may be called for somebody of whom nothing is left. `anonymise` comes
    before it, for what the law has us keep: it takes out whatever says whose that was.
    """

    name: str
    covers: tuple[type[SQLModel], ...]
    show: Callable[[Session, Person], Shown]
    erase: Callable[[Session, Person], Collection[str]]
    files: tuple[Mapped[str], ...] = ()
    anonymise: Callable[[Session, Person], None] | None = None


HOLDINGS: dict[str, Holding] = {}


def register(holding: Holding) -> None:
    """Have this holding looked at whenever somebody asks for their data, or leaves."""
    HOLDINGS[holding.name] = holding


def holdings() -> list[Holding]:
    """Every holding of every section, whichever sections this process serves."""
    load_all("personal")
    return [HOLDINGS[name] for name in sorted(HOLDINGS)]


def erase(session: Session, person: Person) -> list[str]:
    """Delete everything personal, anonymise what the law keeps; the files that were named.

    Safe to do twice. Whether somebody else needs a file is for `let_go` to find out, later.
    """
    files: set[str] = set()
    for holding in holdings():
        if holding.anonymise is not None:
            holding.anonymise(session, person)
        files.update(holding.erase(session, person))
    session.flush()
    return sorted(files)


def let_go(keys: Collection[str]) -> None:
    """Delete those of these files that no row names any more. Blocks; no transaction may be open.

    Files are stored once whoever they belong to, so one may be in use elsewhere, even since now.
    """
    for key in keys:
        if _is_named(key):
            continue
        data = storage.get(key) if storage.is_shared(key) and storage.exists(key) else b""
        storage.delete(key)
        if data and _is_named(key):
            storage.put(data, key.rpartition(".")[2])


def people_without_account(session: Session, accounts: Mapped[str]) -> set[str]:
    """The ids of people of whom something is held though `accounts` has no such id any more.

    What was under way while somebody's data was deleted may be written after it.
    """
    found: set[str] = set()
    living = select(accounts)
    for column in _columns():
        if column.name == "owner":
            theirs = func.substr(column, len(OWNERS) + 1)
            strays = select(theirs).where(column.startswith(OWNERS), theirs.not_in(living))
        else:
            strays = select(column).where(column.not_in(living), column != "")
        found.update(session.exec(strays.distinct()).all())
    return found


def says_whose(table: Table) -> bool:
    """Whether the rows of a table are about somebody."""
    return any(name in table.columns for name in SAYS_WHOSE)


def told(row: SQLModel, *but: str) -> dict[str, Any]:
    """A row as plain values, for the person it is about: all but secrets and what `but` names."""
    secrets = {name for name, info in type(row).model_fields.items() if not info.repr}
    return row.model_dump(mode="json", exclude=secrets | set(but))


def _columns() -> Iterator[Column[Any]]:
    for holding in holdings():
        for model in holding.covers:
            table: Table = SQLModel.metadata.tables[str(model.__tablename__)]
            yield from (table.c[name] for name in SAYS_WHOSE[:-1] if name in table.c)


def _is_named(key: str) -> bool:
    columns = [column for holding in holdings() for column in holding.files]
    with db.reading() as session:
        return any(
            session.exec(select(col(column)).where(col(column) == key).limit(1)).first()
            for column in columns
        )
