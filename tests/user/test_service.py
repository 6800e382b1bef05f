"""Opening accounts, signing in and out."""

from datetime import timedelta
from time import perf_counter

import pytest
from sqlmodel import select

from pet_app.core import clock, db, security
from pet_app.core.errors import Conflict, Forbidden, Invalid, NotSignedIn, TooManyRequests
from pet_app.core.models import SignIn
from pet_app.core.security import SESSION_COOKIE, VISITOR_COOKIE, Identity, Role, identify
from pet_app.core.settings import settings
from pet_app.user import attempts
from pet_app.user import service as users
from pet_app.user.client import Client
from pet_app.user.models import Attempt, User
from tests.user.factory import ELSEWHERE, HERE, PASSWORD, make_user

pytestmark = pytest.mark.usefixtures("database")

GUEST = Identity(visitor="a" * 64)


def sign_in(
    email: str = "olive@example.com",
    password: str = PASSWORD,
    client: Client = HERE,
    old_token: str | None = None,
) -> users.SignedIn:
    """What the door does: count, verify outside, open."""
    with db.writing() as session:
        credentials = users.begin_sign_in(session, email, client)
    proof = users.prove(credentials, password)
    with db.writing() as session:
        return users.sign_in(session, proof, client, GUEST, old_token)


def who(token: str) -> Identity:
    with db.reading() as session:
        return identify(session, {SESSION_COOKIE: token})


def test_a_new_account_is_signed_in_at_once() -> None:
    applied = users.newcomer(" Olive  Owner ", "Olive@Example.com", PASSWORD)
    with db.writing() as session:
        signed_in = users.join(session, applied, GUEST, None)
    identity = who(signed_in.token)
    assert (identity.name, identity.email, identity.role) == (
        "Olive Owner",
        "olive@example.com",
        Role.USER,
    )


def test_only_hashes_of_the_password_and_the_token_are_kept() -> None:
    with db.writing() as session:
        make_user(session)
    token = sign_in().token
    with db.reading() as session:
        user, row = session.exec(select(User)).one(), session.exec(select(SignIn)).one()
    assert PASSWORD not in user.password_hash
    assert token not in (row.id, row.user_id)
    assert "password_hash" not in repr(user)


def test_every_fault_in_an_application_is_told_at_its_field() -> None:
    with pytest.raises(Invalid) as refused:
        users.newcomer("", "nowhere", "short")
    assert refused.value.fields.keys() == {"name", "email", "password"}


def test_an_email_opens_one_account_however_it_is_spelt() -> None:
    with db.writing() as session:
        make_user(session)
        with pytest.raises(Conflict):
            users.register(session, users.newcomer("Other", "OLIVE@example.com", PASSWORD))


def test_every_sign_in_has_a_fresh_token_and_ends_the_one_before() -> None:
    with db.writing() as session:
        make_user(session)
    first = sign_in().token
    second = sign_in(old_token=first).token
    assert first != second
    assert not who(first).signed_in
    assert who(second).signed_in


def test_a_token_made_up_before_the_sign_in_is_never_taken_over() -> None:
    with db.writing() as session:
        make_user(session)
    fixed = security.new_token()
    assert sign_in(old_token=fixed).token != fixed
    assert not who(fixed).signed_in


def test_signing_out_ends_the_session_and_does_no_harm_twice() -> None:
    with db.writing() as session:
        make_user(session)
    token = sign_in().token
    for _ in range(2):
        with db.writing() as session:
            users.sign_out(session, token)
    assert not who(token).signed_in


@pytest.mark.parametrize(
    "email", ["nobody@example.com", "not an address", "\x00", "\ud800@example.com", "x" * 320]
)
def test_a_wrong_password_and_an_unknown_account_are_refused_alike(email: str) -> None:
    with db.writing() as session:
        make_user(session)
    said = []
    for tried in ("olive@example.com", email):
        with pytest.raises(NotSignedIn) as refused:
            sign_in(tried, "a wrong password")
        said.append((refused.value.detail, refused.value.fields, refused.value.status))
    assert said[0] == said[1]


def test_an_unknown_account_takes_as_long_as_a_wrong_password() -> None:
    with db.writing() as session:
        make_user(session)

    def fastest(email: str) -> float:
        times = []
        for _ in range(4):
            start = perf_counter()
            with pytest.raises(NotSignedIn):
                sign_in(email, "a wrong password")
            times.append(perf_counter() - start)
        return min(times)

    known, unknown = fastest("olive@example.com"), fastest("nobody@example.com")
    assert 0.5 < known / unknown < 2


def test_guessing_stops_after_ten_tries_even_with_the_right_password() -> None:
    with db.writing() as session:
        make_user(session)
    for _ in range(attempts.PER_EMAIL):
        with pytest.raises(NotSignedIn):
            sign_in(password="a wrong password", client=ELSEWHERE)
    with pytest.raises(TooManyRequests):
        sign_in(client=ELSEWHERE)
    with pytest.raises(TooManyRequests):
        sign_in(" OLIVE@Example.com ", client=HERE)


def test_an_unknown_account_is_counted_like_a_known_one() -> None:
    for _ in range(attempts.PER_EMAIL):
        with pytest.raises(NotSignedIn):
            sign_in("nobody@example.com")
    with pytest.raises(TooManyRequests):
        sign_in("nobody@example.com")


def test_a_success_forgets_the_tries_before_it() -> None:
    with db.writing() as session:
        make_user(session)
    for _ in range(3 * attempts.PER_EMAIL):
        sign_in()


def test_tries_run_out_after_a_quarter_of_an_hour() -> None:
    with db.writing() as session:
        make_user(session)
        for _ in range(attempts.PER_EMAIL):
            attempts.count_attempt(session, "olive@example.com", HERE)
        for row in session.exec(select(Attempt)):
            row.at = clock.now() - attempts.WINDOW - timedelta(seconds=1)
    assert sign_in().identity.signed_in


def test_one_address_elsewhere_cannot_try_everybody() -> None:
    with db.writing() as session:
        for number in range(attempts.PER_ADDRESS):
            attempts.count_attempt(session, f"person{number}@example.com", ELSEWHERE)
        with pytest.raises(TooManyRequests):
            attempts.count_attempt(session, "one-more@example.com", ELSEWHERE)


def test_a_password_changed_in_between_is_not_good_any_more() -> None:
    with db.writing() as session:
        make_user(session)
        credentials = users.begin_sign_in(session, "olive@example.com", HERE)
    proof = users.prove(credentials, PASSWORD)
    with db.writing() as session:
        session.exec(select(User)).one().password_hash = "$argon2id$another"
    with db.writing() as session, pytest.raises(NotSignedIn):
        users.sign_in(session, proof, HERE, GUEST, None)


def test_demonstration_accounts_sign_in_from_this_machine_only() -> None:
    with db.writing() as session:
        first = users.add_demo_accounts(session)
        again = users.add_demo_accounts(session)
    assert {email: user.id for email, user in first.items()} == {
        email: user.id for email, user in again.items()
    }
    for email in first:
        assert sign_in(email, users.DEMO_PASSWORD).identity.demo
        with pytest.raises(Forbidden):
            sign_in(email, users.DEMO_PASSWORD, ELSEWHERE)


def test_demonstration_accounts_never_sign_in_in_production(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with db.writing() as session:
        users.add_demo_accounts(session)
    monkeypatch.setattr(settings(), "env", "production")
    with pytest.raises(Forbidden):
        sign_in("admin@demo.test", users.DEMO_PASSWORD)


def test_a_session_runs_out_when_idle_and_in_any_case() -> None:
    with db.writing() as session:
        make_user(session)
    idle, old = sign_in().token, sign_in().token
    with db.writing() as session:
        first = session.get(SignIn, security.fingerprint(idle))
        second = session.get(SignIn, security.fingerprint(old))
        assert first
        assert second
        first.last_seen = clock.now() - security.IDLE
        second.expires = clock.now()
    assert not who(idle).signed_in
    assert not who(old).signed_in


def test_being_there_is_noted_now_and_then() -> None:
    with db.writing() as session:
        make_user(session)
    token = sign_in().token
    with db.writing() as session:
        row = session.get(SignIn, security.fingerprint(token))
        assert row
        row.last_seen = clock.now() - timedelta(days=1)
    assert security.whoami({SESSION_COOKIE: token}).signed_in
    with db.reading() as session:
        row = session.get(SignIn, security.fingerprint(token))
        assert row
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
