"""Cookies as they are set and read, behind https and without."""

import pytest

from pet_app.core import db
from pet_app.core.security import (
    SESSION_COOKIE,
    VISITOR_COOKIE,
    Role,
    new_token,
    open_sign_in,
    read_cookies,
    sent_name,
    whoami,
)
from pet_app.core.security.cookies import cookies_in, with_cookie
from pet_app.core.settings import settings

OURS, THEIRS = new_token(), new_token()
PLAIN, PREFIXED = SESSION_COOKIE, f"__Host-{SESSION_COOKIE}"


@pytest.fixture(params=["http", "https"])
def scheme(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """A shop whose address begins with this."""
    monkeypatch.setenv("SITE_URL", f"{request.param}://shop.test")
    settings.cache_clear()
    return request.param


def test_only_one_name_of_a_cookie_is_believed(scheme: str) -> None:
    believed, other = (PREFIXED, PLAIN) if scheme == "https" else (PLAIN, PREFIXED)
    assert sent_name(SESSION_COOKIE) == believed
    for header in (
        f"{believed}={OURS}; {other}={THEIRS}",
        f"{other}={THEIRS}; {believed}={OURS}",
        f"{believed}={OURS}",
    ):
        assert read_cookies(header).get(SESSION_COOKIE) == OURS
    assert SESSION_COOKIE not in read_cookies(f"{other}={THEIRS}")


def test_a_cookie_that_comes_with_two_values_proves_nothing(scheme: str) -> None:
    name = sent_name(SESSION_COOKIE)
    assert SESSION_COOKIE not in read_cookies(f"{name}={OURS}; {name}={THEIRS}")
    assert SESSION_COOKIE not in read_cookies(f"{name}={THEIRS};{name}={OURS}; {name}={OURS}")
    assert read_cookies(f"{name}={OURS}; {name}={OURS}")[SESSION_COOKIE] == OURS
    two_lines = [(b"cookie", f"{name}={OURS}".encode()), (b"cookie", f"{name}={THEIRS}".encode())]
    assert SESSION_COOKIE not in cookies_in(two_lines)


def test_a_planted_second_session_signs_nobody_in(scheme: str, sqlite_database: str) -> None:
    with db.writing() as session:
        token = open_sign_in(
            session, user_id="mallory", role=Role.USER, name="Mallory", email="m@example.com"
        )
    name = sent_name(SESSION_COOKIE)
    assert whoami(read_cookies(f"{name}={token}")).signed_in
    assert not whoami(read_cookies(f"{name}={OURS}; {name}={token}")).signed_in


def test_a_cookie_put_into_a_request_is_read_like_one_that_was_sent(scheme: str) -> None:
    headers = [(b"cookie", f"{sent_name(SESSION_COOKIE)}={OURS}".encode()), (b"host", b"shop.test")]
    added = with_cookie(headers, VISITOR_COOKIE, THEIRS)
    assert cookies_in(added) == {SESSION_COOKIE: OURS, VISITOR_COOKIE: THEIRS}
    assert (b"host", b"shop.test") in added
