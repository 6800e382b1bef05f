"""Who is asking, and what they may do."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from pet_app.core import db, engine, security
from pet_app.core.errors import Forbidden, NotSignedIn
from pet_app.core.models import ApiToken, SignIn, TokenFamily
from pet_app.core.security import GRANTED, SESSION_COOKIE, Identity, Permission, Role, sessions
from pet_app.core.security.identity import NOT_ALLOWED, SECOND_FACTOR_FIRST
from tests.core.keys import make_family, make_token

ALLOWED = {
    Permission.ACCOUNT: {Role.USER, Role.STAFF, Role.CLERK, Role.ADMIN},
    Permission.WORKSHOP: {Role.STAFF, Role.ADMIN},
    Permission.CATALOGUE: {Role.STAFF, Role.ADMIN},
    Permission.ORDERS: {Role.STAFF, Role.ADMIN},
    Permission.LICENCES: {Role.CLERK, Role.ADMIN},
    Permission.ADMINISTER: {Role.ADMIN},
}


def sign_in(user_id: str = "u1", **more: Any) -> str:
    with db.writing() as session:
        return security.open_sign_in(
            session, user_id=user_id, role=Role.USER, name="Ada", email="ada@example.org", **more
        )


def test_a_busy_database_keeps_nobody_from_being_recognised(
    sqlite_database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    monkeypatch.setattr(sessions, "SEEN_EVERY", timedelta(0))
    token = sign_in()
    with db.writing() as session:
        session.connection()
        assert security.whoami({SESSION_COOKIE: token}).signed_in


def test_the_table_of_permissions_is_whole() -> None:
    assert GRANTED.keys() == set(Permission) == ALLOWED.keys()


@pytest.mark.parametrize("permission", Permission)
@pytest.mark.parametrize("role", Role)
def test_a_role_opens_what_it_is_for(role: Role, permission: Permission) -> None:
    person = Identity(user_id="u1", role=role, strong=True)
    assert person.may(permission) is (role in ALLOWED[permission])
    if person.may(permission):
        person.must(permission)
    else:
        with pytest.raises(Forbidden, match=NOT_ALLOWED):
            person.must(permission)


@pytest.mark.parametrize("permission", sorted(set(Permission) - {Permission.ACCOUNT}))
def test_more_than_ones_own_things_takes_a_second_factor(permission: Permission) -> None:
    admin = Identity(user_id="u1", role=Role.ADMIN)
    assert not admin.may(permission)
    with pytest.raises(Forbidden, match=SECOND_FACTOR_FIRST):
        admin.must(permission)
    admin.must(Permission.ACCOUNT)


def test_a_demonstration_account_has_no_second_factor_to_show() -> None:
    Identity(user_id="u1", role=Role.ADMIN, demo=True).must(Permission.ADMINISTER)


@pytest.mark.parametrize("permission", Permission)
def test_a_guest_is_asked_to_sign_in(permission: Permission) -> None:
    assert not Identity(visitor="v").may(permission)
    with pytest.raises(NotSignedIn):
        Identity(visitor="v").must(permission)


def test_a_session_says_what_its_owner_may_know_of_it(database: str) -> None:
    token = sign_in(strong=True, device="Firefox on Linux", address="203.0.113.9")
    who = security.whoami({SESSION_COOKIE: token})
    assert who.strong
    assert who.scopes is None
    with db.reading() as session:
        (row,) = security.list_sign_ins(session, "u1")
    assert (row.handle, row.device, row.address) == (
        who.session,
        "Firefox on Linux",
        "203.0.113.9",
    )
    assert row.id not in (token, row.handle)


def test_everything_ends_at_once_but_the_session_that_asked(database: str) -> None:
    here, elsewhere, other = sign_in(), sign_in(), sign_in("u2")
    family = make_family("u1")
    personal = make_token("u1")
    with db.writing() as session:
        handle = security.identify(session, {SESSION_COOKIE: here}).session
        security.close_all(session, "u1", except_handle=handle)
    assert security.whoami({SESSION_COOKIE: here}).signed_in
    assert not security.whoami({SESSION_COOKIE: elsewhere}).signed_in
    assert security.whoami({SESSION_COOKIE: other}).signed_in
    with db.writing() as session:
        assert session.get_one(TokenFamily, family).revoked
        assert session.get(ApiToken, personal)
        security.close_all(session, "u1", personal_tokens=True)
    with db.reading() as session:
        assert session.get(ApiToken, personal) is None
        assert security.list_sign_ins(session, "u1") == []


def test_one_session_is_ended_by_its_owner_and_by_nobody_else(database: str) -> None:
    token = sign_in()
    handle = security.whoami({SESSION_COOKIE: token}).session
    with db.writing() as session:
        assert not security.close_by_handle(session, "u2", handle)
        assert security.close_by_handle(session, "u1", handle)
        assert not security.close_by_handle(session, "u1", handle)
    assert not security.whoami({SESSION_COOKIE: token}).signed_in


def test_a_changed_account_is_changed_in_each_of_its_keys(database: str) -> None:
    sign_in()
    make_family("u1")
    make_token("u1")
    with db.writing() as session:
        security.refresh_standing(
            session, "u1", role=Role.STAFF, name="Grace", email="grace@example.org"
        )
    with db.reading() as session:
        for table in (SignIn, TokenFamily, ApiToken):
            row = session.exec(select(table)).one()
            assert (row.role, row.name, row.email) == (Role.STAFF, "Grace", "grace@example.org")
