"""Signing in and out, with and without a second step."""

from datetime import timedelta

import pytest
from sqlmodel import select

from pet_app.core import clock, db, security
from pet_app.core.errors import Conflict, Forbidden, Invalid, NotSignedIn, TooManyRequests
from pet_app.core.models import SignIn
from pet_app.core.security import Identity, Role
from pet_app.core.settings import settings
from pet_app.user import service as users
from pet_app.user.models import OneTime, User
from pet_app.user.service import Newcomer
from tests.user.factory import (
    ELSEWHERE,
    EMAIL,
    GUEST,
    HERE,
    PASSWORD,
    app_code,
    enter,
    make_user,
    protect,
    sign_in,
    who,
)
from tests.user.work import work_of

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def olive(database: str) -> User:
    with db.writing() as session:
        return make_user(session)


@pytest.fixture
def secret(olive: User) -> str:
    """The secret of an account with a second step."""
    return protect(who(sign_in().token))[0]


def finish(half: object, code: str) -> users.SignedIn:
    """What the door of the second step does."""
    assert isinstance(half, users.HalfIn)
    with db.writing() as session:
        users.begin_second_step(session, half.token)
    with db.writing() as session:
        finished = users.finish_sign_in(session, half.token, code, HERE, GUEST, None)
    assert isinstance(finished, users.SignedIn)
    return finished


@pytest.mark.usefixtures("olive")
def test_only_hashes_of_the_password_and_the_token_are_kept() -> None:
    token = sign_in().token
    with db.reading() as session:
        user, row = session.exec(select(User)).one(), session.exec(select(SignIn)).one()
    assert PASSWORD not in user.password_hash
    assert token not in (row.id, row.user_id, row.handle)
    assert "password_hash" not in repr(user)


@pytest.mark.usefixtures("olive")
def test_an_email_opens_one_account_however_it_is_spelt() -> None:
    form = users.check_form("Other", "OLIVE@example.com", PASSWORD)
    with db.writing() as session, pytest.raises(Conflict):
        users.register(session, Newcomer(form.name, form.email, "$argon2id$x"))


@pytest.mark.usefixtures("olive")
def test_every_sign_in_has_a_fresh_token_and_ends_the_one_before() -> None:
    first = sign_in().token
    second = sign_in(old_token=first).token
    assert first != second
    assert not who(first).signed_in
    assert who(second).signed_in


@pytest.mark.usefixtures("olive")
def test_a_token_made_up_before_the_sign_in_is_never_taken_over() -> None:
    fixed = security.new_token()
    assert sign_in(old_token=fixed).token != fixed
    assert not who(fixed).signed_in


@pytest.mark.usefixtures("olive")
def test_signing_out_ends_the_session_and_does_no_harm_twice() -> None:
    token = sign_in().token
    for _ in range(2):
        with db.writing() as session:
            users.sign_out(session, token)
    assert not who(token).signed_in


@pytest.mark.parametrize(
    "email", ["nobody@example.com", "not an address", "\x00", "\ud800@example.com", "x" * 320]
)
@pytest.mark.usefixtures("olive")
def test_a_wrong_password_and_an_unknown_account_are_refused_alike(email: str) -> None:
    said = []
    for tried in (EMAIL, email):
        with pytest.raises(NotSignedIn) as refused:
            sign_in(tried, "a wrong password")
        said.append((refused.value.detail, refused.value.fields, refused.value.status))
    assert said[0] == said[1]


@pytest.mark.usefixtures("olive")
def test_an_unknown_account_costs_the_hash_that_a_wrong_password_costs() -> None:
    def hashed(email: str) -> int:
        def refuse() -> None:
            with pytest.raises(NotSignedIn):
                sign_in(email, "a wrong password")

        return sum(call.endswith("low_level.py: verify_secret") for call in work_of(refuse))

    assert [hashed(email) for email in (EMAIL, "nobody@example.com")] == [1, 1]


@pytest.mark.usefixtures("olive")
def test_a_password_changed_in_between_is_not_good_any_more() -> None:
    with db.writing() as session:
        credentials = users.begin_sign_in(session, EMAIL, HERE)
    proof = users.prove(credentials, PASSWORD)
    with db.writing() as session:
        session.exec(select(User)).one().password_hash = "$argon2id$another"
    with db.writing() as session, pytest.raises(NotSignedIn):
        users.sign_in(session, proof, HERE, GUEST, None)


def test_an_account_of_a_provider_alone_opens_to_no_password() -> None:
    with db.writing() as session:
        make_user(session).password_hash = ""
    for password in ("", PASSWORD):
        with pytest.raises(NotSignedIn):
            sign_in(password=password)


def test_a_closed_account_says_so_to_its_owner_alone() -> None:
    with db.writing() as session:
        make_user(session).disabled = True
    with pytest.raises(NotSignedIn):
        sign_in(password="a wrong password")
    with pytest.raises(Forbidden, match="closed"):
        sign_in()


@pytest.mark.usefixtures("secret")
def test_with_a_second_step_the_password_alone_opens_nothing() -> None:
    with db.reading() as session:
        before = len(session.exec(select(SignIn)).all())
    half = enter()
    assert isinstance(half, users.HalfIn)
    with db.reading() as session:
        assert len(session.exec(select(SignIn)).all()) == before
        assert half.token not in [row.id for row in session.exec(select(OneTime))]
    assert not who(half.token).signed_in


def test_the_code_of_the_app_opens_a_session_that_is_sure(secret: str) -> None:
    signed_in = finish(enter(), app_code(secret))
    assert signed_in.identity.strong
    assert who(signed_in.token).strong


@pytest.mark.parametrize("steps", [-20, -3, 3, 20])
def test_a_code_from_a_wrong_clock_is_refused_and_says_to_check_it(secret: str, steps: int) -> None:
    half = enter()
    with pytest.raises(Invalid, match="check the clock of your phone") as refused:
        finish(half, app_code(secret, steps=steps))
    assert refused.value.fields.keys() == {"code"}
    assert finish(half, app_code(secret, steps=1)).identity.signed_in


def test_a_code_works_once_and_none_before_it_works_after_it(secret: str) -> None:
    code, before = app_code(secret, steps=1), app_code(secret)
    finish(enter(), code)
    for used in (code, before):
        with pytest.raises(Invalid):
            finish(enter(), used)


@pytest.mark.parametrize("apart", [" ", "-", "\u00a0", "arabic"])
def test_a_code_may_be_written_as_people_write_it(secret: str, apart: str) -> None:
    code = app_code(secret)
    arabic = code.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))
    typed = arabic if apart == "arabic" else apart.join((code[:3], code[3:], ""))
    assert finish(enter(), typed).identity.strong


@pytest.mark.parametrize(
    "code", ["", "12345", "1234567", "abcdef", "\x00" * 6, "²²²²²²", "\ud800", "1" * 40]
)
@pytest.mark.usefixtures("secret")
def test_what_is_no_code_is_refused(code: str) -> None:
    with pytest.raises(Invalid):
        finish(enter(), code)


def test_a_recovery_code_stands_in_for_the_app_once(olive: User) -> None:
    _, codes = protect(who(sign_in().token))
    typed = codes[0].upper().replace("-", " ").replace("0", "O").replace("1", "l")
    assert finish(enter(), typed).identity.strong
    with pytest.raises(Invalid):
        finish(enter(), codes[0])
    assert finish(enter(), codes[1]).identity.strong


def test_a_recovery_code_of_somebody_else_opens_nothing(olive: User) -> None:
    _, codes = protect(who(sign_in().token))
    with db.writing() as session:
        make_user(session, "mallory@example.com")
    protect(who(sign_in("mallory@example.com").token))
    with pytest.raises(Invalid):
        finish(enter("mallory@example.com"), codes[0])


def test_five_wrong_codes_take_one_back_to_the_password(secret: str) -> None:
    half = enter()
    for _ in range(5):
        with pytest.raises(Invalid):
            finish(half, "000000")
    with pytest.raises((NotSignedIn, TooManyRequests)):
        finish(half, app_code(secret))


@pytest.mark.usefixtures("secret")
def test_starting_again_with_the_password_gives_no_more_tries_at_the_code() -> None:
    for _ in range(5):
        with pytest.raises(Invalid):
            finish(enter(), "000000")
    with pytest.raises(TooManyRequests):
        finish(enter(), "000000")


def test_the_second_step_waits_ten_minutes_and_works_once(secret: str) -> None:
    half = enter()
    with db.writing() as session:
        row = session.exec(select(OneTime)).one()
        assert row.expires - row.created == timedelta(minutes=10)
        row.expires = row.created - timedelta(seconds=1)
    with pytest.raises(NotSignedIn, match="Sign in again"):
        finish(half, app_code(secret))
    half = enter()
    finish(half, app_code(secret))
    with pytest.raises(NotSignedIn, match="Sign in again"):
        finish(half, app_code(secret, steps=1))


def test_a_program_shows_password_and_code_at_once(secret: str) -> None:
    with db.writing() as session:
        proof = users.prove(users.begin_sign_in(session, EMAIL, HERE), PASSWORD)
    with db.writing() as session, pytest.raises(Invalid):
        users.vouch(session, proof, HERE)
    with db.writing() as session:
        user, strong = users.vouch(session, proof, HERE, app_code(secret))
    assert (user.email, strong) == (EMAIL, True)


@pytest.mark.parametrize("role", [Role.STAFF, Role.CLERK, Role.ADMIN])
def test_staff_without_a_second_step_may_do_nothing_of_their_role(role: Role) -> None:
    with db.writing() as session:
        make_user(session, role=role)
    identity = who(sign_in().token)
    assert identity.may(security.Permission.ACCOUNT)
    guarded = [kind for kind in security.Permission if kind is not security.Permission.ACCOUNT]
    assert not any(identity.may(kind) for kind in guarded)
    protect(identity)
    with db.reading() as session:
        row = session.exec(select(SignIn)).one()
    sure = Identity("", row.user_id, Role(row.role), strong=row.strong)
    assert any(sure.may(kind) for kind in guarded)


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


@pytest.mark.usefixtures("olive")
def test_a_session_runs_out_when_idle_and_in_any_case() -> None:
    idle, old = sign_in().token, sign_in().token
    with db.writing() as session:
        first = session.get_one(SignIn, security.fingerprint(idle))
        second = session.get_one(SignIn, security.fingerprint(old))
        first.last_seen = clock.now() - security.IDLE
        second.expires = clock.now()
    assert not who(idle).signed_in
    assert not who(old).signed_in
