"""Who is asking."""

from datetime import timedelta

import pytest

from pet_app.core import db, engine, security
from pet_app.core.security import SESSION_COOKIE, Role


def test_a_busy_database_keeps_nobody_from_being_recognised(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    monkeypatch.setattr(security, "SEEN_EVERY", timedelta(0))
    with db.writing() as session:
        token = security.open_sign_in(
            session, user_id="1", role=Role.USER, name="Ada", email="ada@example.org"
        )
    with db.writing() as session:
        session.connection()
        assert security.whoami({SESSION_COOKIE: token}).signed_in
