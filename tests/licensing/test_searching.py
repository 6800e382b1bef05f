"""Words that licences are found by follow their rows, in migrated databases as in new ones."""

import pytest
from sqlalchemy import text
from sqlmodel import Session, select

from pet_app.core import db
from pet_app.core.engine import engines
from pet_app.licensing import searching
from pet_app.licensing.models import Licence
from pet_app.licensing.rules.search_words import search_words
from tests.licensing.factory import TOWN
from tests.licensing.factory_desk import OTHER_TOWN
from tests.licensing.factory_licences import make_licence

BY_HAND = (
    "SELECT name, sql FROM sqlite_master WHERE name LIKE 'licence%word%' ORDER BY name",
    (
        "SELECT indexname, indexdef FROM pg_indexes WHERE indexname LIKE 'licence%search'"
        " ORDER BY indexname"
    ),
)


def found(session: Session, typed: str, town_id: str = TOWN) -> set[str]:
    fits = searching.has_words(Licence, typed, [town_id])
    return set(session.exec(select(Licence.number).where(Licence.town_id == town_id, fits)))


def by_hand() -> list[tuple[str, ...]]:
    """What keeps the words, as the database has it."""
    with engines().writer.connect() as connection:
        asked = BY_HAND[not db.is_sqlite()]
        return [tuple(row) for row in connection.execute(text(asked))]


def test_words_follow_their_licence(database: str) -> None:
    with db.writing() as session:
        one = make_licence(session, "user:a", search=search_words("Zoë O'Brien", "985112"))
        make_licence(session, "user:b", search=search_words('"Zo', "%_"), town_id=OTHER_TOWN)
        session.flush()
        for typed in ("zoe", "ZO brien", "o'b", "9851", "zoë zoe"):
            assert found(session, typed) == {one.number}
        for typed in ("zo' --", "zo \x00", "zo & | !"):
            assert found(session, typed) == {one.number}
        for typed in ("brienx", "85112", "%", "", "zo ann"):
            assert found(session, typed) == set()
        assert found(session, "zo", OTHER_TOWN) != {one.number}
        one.search = search_words("Ann")
        session.add(one)
        session.flush()
        assert (found(session, "zoe"), found(session, "an")) == (set(), {one.number})
        session.delete(one)
        session.flush()
        assert found(session, "an") == set()


@pytest.mark.usefixtures("sqlite_database")
def test_of_what_is_deleted_no_word_stays() -> None:
    with db.writing() as session:
        session.delete(make_licence(session, "user:a", search=search_words("Zoë", "zoë zoe")))
        session.flush()
        kept = session.connection().execute(text("SELECT count(*) FROM licence_word"))
        assert kept.scalar_one() == 0


def test_migrations_keep_words_as_new_databases_do(empty_database: str) -> None:
    db.migrate()
    migrated = by_hand()
    engines().writer.dispose()
    with engines().writer.begin() as connection:
        if db.is_sqlite():
            for name in searching.WORD_TABLES.values():
                connection.execute(text(f"DROP TABLE {name}"))
            names = [name for name, _ in migrated if name.endswith(("added", "dropped", "changed"))]
            for name in names:
                connection.execute(text(f"DROP TRIGGER {name}"))
        else:
            for name in searching.WORD_INDEXES:
                connection.execute(text(f"DROP INDEX {name}"))
        for name in searching.WORD_TABLES:
            made = searching.sqlite_statements if db.is_sqlite() else searching.postgres_statements
            for statement in made(name):
                connection.exec_driver_sql(statement)
    assert by_hand() == migrated
    assert len(migrated) >= 2
