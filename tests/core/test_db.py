"""Transactions keep what they promise on SQLite and on Postgres."""

import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError
from sqlmodel import Session, select

from pet_app.core import clock, db, engine
from pet_app.core.errors import Invalid, Unavailable
from pet_app.core.ids import new_id
from pet_app.core.models import SignIn


def make_sign_in(seen: datetime | None = None) -> SignIn:
    """A row of a table every shop has."""
    now = clock.now()
    return SignIn(
        id=new_id(),
        user_id="1",
        role="user",
        name="Ada",
        email="ada@example.org",
        created=now,
        last_seen=seen or now,
        expires=now,
    )


def add(session: Session, row: SignIn) -> str:
    session.add(row)
    session.flush()
    return row.id


def count(session: Session) -> int:
    return len(session.exec(select(SignIn)).all())


def test_what_is_written_can_be_read(database: str) -> None:
    async def write_and_read() -> int:
        await db.write(add, make_sign_in())
        return await db.read(count)

    assert asyncio.run(write_and_read()) == 1


def test_an_error_undoes_the_whole_transaction(database: str) -> None:
    row = make_sign_in()

    def add_twice() -> None:
        with db.writing() as session:
            add(session, row)
            session.connection().execute(text("INSERT INTO sign_in SELECT * FROM sign_in"))

    with pytest.raises(IntegrityError):
        add_twice()
    with db.reading() as session:
        assert count(session) == 0


def test_a_reading_transaction_cannot_write(database: str) -> None:
    with pytest.raises(DBAPIError), db.reading() as session:
        add(session, make_sign_in())


def test_concurrent_changes_to_one_row_are_all_kept(database: str) -> None:
    with db.writing() as session:
        row_id = add(session, make_sign_in(datetime(2026, 1, 1, tzinfo=UTC)))

    def later(_: int) -> None:
        with db.writing() as session:
            row = session.get_one(SignIn, row_id, with_for_update=True)
            row.last_seen += timedelta(seconds=1)

    with ThreadPoolExecutor(8) as writers:
        list(writers.map(later, range(80)))
    with db.reading() as session:
        assert session.get_one(SignIn, row_id).last_seen.second == 80 - 60


def test_times_are_aware_and_in_utc(database: str) -> None:
    seen = datetime(2026, 7, 1, 12, 0, tzinfo=timezone(timedelta(hours=2)))
    with db.writing() as session:
        row_id = add(session, make_sign_in(seen))
    with db.reading() as session:
        found = session.get_one(SignIn, row_id).last_seen
    assert (found, found.utcoffset()) == (seen, timedelta(0))


def test_a_time_without_a_zone_is_refused(database: str) -> None:
    naive = datetime(2026, 7, 1)  # noqa: DTZ001
    with pytest.raises(StatementError, match="must carry its zone"), db.writing() as session:
        add(session, make_sign_in(naive))


def test_the_databases_clock_goes_on_within_a_transaction(database: str) -> None:
    with db.reading() as session:
        first, second = db.database_now(session), db.database_now(session)
    assert first <= second
    assert abs(first - clock.now()) < timedelta(minutes=1)


def test_rows_can_be_shown_after_their_transaction(database: str) -> None:
    with db.writing() as session:
        row = make_sign_in()
        session.add(row)
    assert row.name == "Ada"


def test_a_locked_database_answers_busy_and_reads_go_on(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    with db.writing() as session:
        add(session, make_sign_in())
    with closing(sqlite3.connect(sqlite_database.removeprefix("sqlite:///"))) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(Unavailable), db.writing() as session:
            add(session, make_sign_in())
        with db.reading() as session:
            assert count(session) == 1
        other.rollback()
    with db.writing() as session:
        add(session, make_sign_in())


def test_a_writer_that_waits_too_long_for_another_answers_busy(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 50)

    def write_twice() -> None:
        with db.writing() as first, db.writing() as second:
            add(first, make_sign_in())
            add(second, make_sign_in())

    with pytest.raises(Unavailable):
        write_twice()


def test_what_the_database_cannot_hold_is_told_to_whoever_sent_it(database: str) -> None:
    row = make_sign_in()
    row.name = "nobody types\x00this"
    with suppress(Invalid), db.writing() as session:
        add(session, row)


def test_sqlite_enforces_what_we_rely_on(sqlite_database: str) -> None:
    with db.writing() as session:
        asked = ("journal_mode", "synchronous", "foreign_keys")
        found = [session.connection().execute(text(f"PRAGMA {name}")).scalar() for name in asked]
    assert found == ["wal", 2, 1]
