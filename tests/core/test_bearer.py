"""Access tokens and personal tokens: what is believed, for how long, and what ends them."""

import base64
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import jwt
import pytest
from sqlmodel import update

from pet_app.core import db, engine, vault
from pet_app.core.errors import NotSignedIn
from pet_app.core.models import ApiToken, TokenFamily
from pet_app.core.security import (
    ACCESS_LASTS,
    SESSION_COOKIE,
    Role,
    Scope,
    access_token,
    close_all,
    fingerprint,
    new_personal_token,
    open_family,
    open_sign_in,
    refresh_standing,
    whoami,
    whoami_by,
)
from pet_app.core.settings import Settings, settings
from tests.core.keys import make_token

pytestmark = pytest.mark.usefixtures("sqlite_database")


def sign_in(**more: Any) -> tuple[TokenFamily, str]:
    """A family and an access token of it."""
    with db.writing() as session:
        family, _ = open_family(
            session, user_id="u1", role=Role.USER, name="Ada", email="ada@example.org", **more
        )
        return family, access_token(session, family)


def claims_of(token: str) -> dict[str, Any]:
    return jwt.decode(token, options={"verify_signature": False})


def signed(claims: dict[str, Any], **header: Any) -> str:
    """A token as the shop signs it, whatever it says."""
    return jwt.encode(claims, vault.derived("access tokens"), "HS256", {"typ": "at+jwt", **header})


def part(data: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(data).encode()).rstrip(b"=").decode()


def test_an_access_token_says_whose_it_is_and_nothing_else_of_them() -> None:
    family, token = sign_in(strong=True)
    who = whoami_by(token)
    assert (who.user_id, who.role, who.email) == ("u1", Role.USER, "ada@example.org")
    assert who.strong
    assert who.scopes == set(Scope)
    assert who.session == family.id
    assert claims_of(token).keys() == {"iss", "aud", "sub", "sid", "typ", "iat", "exp"}
    assert claims_of(token)["exp"] - claims_of(token)["iat"] == ACCESS_LASTS.total_seconds()


FORGED: list[Callable[[str], str]] = [
    lambda token: part({"alg": "none", "typ": "at+jwt"}) + "." + token.split(".")[1] + ".",
    lambda token: part({"alg": "None", "typ": "at+jwt"}) + "." + token.split(".")[1] + ".x",
    lambda token: jwt.encode(claims_of(token), "s" * 32, "HS256", {"typ": "at+jwt"}),
    lambda token: jwt.encode(claims_of(token), "s", "HS256", {"typ": "at+jwt"}),
    lambda token: jwt.encode(claims_of(token), vault.derived("access tokens") * 2, "HS512"),
    lambda token: jwt.encode(claims_of(token), vault.derived("person keys"), "HS256"),
    lambda token: signed(claims_of(token), typ="JWT"),
    lambda token: token[:-4] + "AAAA",
    lambda token: token + ".x",
    lambda token: token * 40,
    lambda _token: "",
    lambda _token: "..",
    lambda _token: "ä.ö.ü",
    lambda _token: "\ud800",
    lambda _token: "hh_",
    lambda _token: "hh_" + "x" * 10_000,
]


@pytest.mark.parametrize("forge", FORGED)
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_what_we_did_not_sign_is_not_believed(forge: Callable[[str], str]) -> None:
    _, token = sign_in()
    with pytest.raises(NotSignedIn):
        whoami_by(forge(token))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("iss", "https://other.test"),
        ("aud", "elsewhere"),
        ("aud", ["harness-hero-api", 7]),
        ("sub", "u2"),
        ("sub", 1),
        ("sid", "nothing"),
        ("sid", 7),
        ("sid", None),
        ("typ", "refresh"),
        ("typ", None),
        ("exp", None),
        ("exp", 0),
        ("exp", "9999999999"),
        ("exp", 1e300),
        ("iat", None),
        ("iat", 99_999_999_999),
    ],
)
def test_a_token_of_ours_that_says_something_else_is_refused(name: str, value: Any) -> None:
    _, token = sign_in()
    claims = claims_of(token) | {name: value}
    if value is None:
        del claims[name]
    try:
        changed = signed(claims)
    except TypeError:
        changed = f"{part({'alg': 'HS256', 'typ': 'at+jwt'})}.{part(claims)}.x"
    with pytest.raises(NotSignedIn):
        whoami_by(changed)


def test_a_token_of_another_shop_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    _, token = sign_in()
    monkeypatch.setenv("SECRET_KEY", "another secret, of another shop entirely")
    settings.cache_clear()
    with pytest.raises(NotSignedIn):
        whoami_by(token)


@pytest.mark.parametrize(("late", "good"), [(timedelta(minutes=29), True), (ACCESS_LASTS, False)])
def test_a_token_is_good_for_half_an_hour_by_the_clock_of_the_database(
    late: timedelta, good: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    _, token = sign_in()
    now = datetime.now(UTC) + late
    monkeypatch.setattr(db, "database_now", lambda _session: now)
    if good:
        assert whoami_by(token).signed_in
    else:
        with pytest.raises(NotSignedIn):
            whoami_by(token)


def test_ending_a_family_ends_its_access_tokens_at_once(database: str) -> None:
    _, token = sign_in()
    with db.writing() as session:
        close_all(session, "u1")
    with pytest.raises(NotSignedIn):
        whoami_by(token)


def test_a_changed_role_counts_from_the_next_request_on(database: str) -> None:
    _, token = sign_in()
    with db.writing() as session:
        refresh_standing(session, "u1", role=Role.STAFF, name="Ada", email="ada@example.org")
    assert whoami_by(token).role is Role.STAFF


def make_personal(**more: Any) -> str:
    """The text of a personal token that may read pets."""
    row_id, text = make_token(scopes=(Scope.PETS_READ,)), new_personal_token()
    with db.writing() as session:
        session.exec(
            update(ApiToken)
            .where(ApiToken.id == row_id)  # pyright: ignore[reportArgumentType]
            .values(id=fingerprint(text), **more)
        )
    return text


def test_a_personal_token_may_do_what_its_owner_said(database: str) -> None:
    text = make_personal()
    who = whoami_by(text)
    assert (who.user_id, who.scopes) == ("u1", {Scope.PETS_READ})
    assert text.startswith("hh_")


def test_a_personal_token_ends_when_its_time_is_over(database: str) -> None:
    now = datetime.now(UTC)
    assert whoami_by(make_personal(expires=now + timedelta(minutes=1))).signed_in
    with pytest.raises(NotSignedIn):
        whoami_by(make_personal(expires=now - timedelta(seconds=1)))


def test_the_use_of_a_personal_token_is_noted_now_and_then(database: str) -> None:
    text = make_personal()

    def last_used() -> datetime | None:
        with db.reading() as session:
            return session.get_one(ApiToken, fingerprint(text)).last_used

    assert last_used() is None
    whoami_by(text)
    first = last_used()
    assert first
    whoami_by(text)
    assert last_used() == first


def test_a_busy_database_costs_no_program_its_answer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_MS", 50)
    text = make_personal()
    db.close()
    with db.writing() as session:
        session.connection()
        assert whoami_by(text).signed_in


def test_a_key_of_a_demonstration_account_opens_nothing_in_production(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _, access = sign_in(demo=True)
    personal = make_personal(demo=True)
    with db.writing() as session:
        cookie = open_sign_in(
            session, user_id="u1", role=Role.ADMIN, name="Ada", email="a@demo.test", demo=True
        )
    assert whoami_by(access).demo
    assert whoami({SESSION_COOKIE: cookie}).demo
    monkeypatch.setattr(Settings, "is_production", True)
    for token in (access, personal):
        with pytest.raises(NotSignedIn):
            whoami_by(token)
    assert not whoami({SESSION_COOKIE: cookie}).signed_in
