"""Who a cookie stands for, and since when they were last here."""

from datetime import timedelta

import pytest

from pet_app.core import clock, db, security
from pet_app.core.errors import NotSignedIn
from pet_app.core.models import SignIn
from pet_app.core.security import SESSION_COOKIE, VISITOR_COOKIE, Identity, Role, identify
from tests.user.factory import make_user, sign_in, who

pytestmark = pytest.mark.usefixtures("database")


def test_being_there_is_noted_now_and_then() -> None:
    with db.writing() as session:
        make_user(session)
    token = sign_in().token
    with db.writing() as session:
        row = session.get_one(SignIn, security.fingerprint(token))
        row.last_seen = clock.now() - timedelta(days=1)
    assert security.whoami({SESSION_COOKIE: token}).signed_in
    with db.reading() as session:
        row = session.get_one(SignIn, security.fingerprint(token))
        assert clock.now() - row.last_seen < timedelta(minutes=1)


@pytest.mark.parametrize("token", ["", "x", "a" * 43, "a" * 10_000, "\x00" * 40, "\ud800" * 40])
def test_a_made_up_cookie_is_a_guest(token: str) -> None:
    assert not who(token).signed_in


def test_owners_are_the_person_first_and_the_visitor_after() -> None:
    visitor = security.new_token()
    with db.reading() as session:
        guest = identify(session, {VISITOR_COOKIE: visitor})
    assert guest.owners == (f"visitor:{security.fingerprint(visitor)}",)
    person = Identity(guest.visitor, "u1", Role.USER)
    assert person.owners == ("user:u1", *guest.owners)
    assert person.owner == "user:u1"
    with pytest.raises(NotSignedIn):
        _ = Identity().owner
