"""The second step: set up, used up, renewed, turned off; what is kept of it."""

import pytest
from sqlmodel import select

from pet_app.core import db
from pet_app.core.errors import Conflict, Forbidden, Invalid
from pet_app.core.security import Identity, Role
from pet_app.user import service as users
from pet_app.user.models import RecoveryCode, User
from tests.user.factory import (
    HERE,
    PASSWORD,
    app_code,
    enter,
    letters,
    make_user,
    proof_of,
    protect,
    sign_in,
    who,
)

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def token(database: str) -> str:
    """A session of somebody without a second step."""
    with db.writing() as session:
        make_user(session)
    return sign_in().token


def begin(identity: Identity) -> users.Setup:
    proof = proof_of(identity)
    with db.writing() as session:
        return users.begin_second_factor(session, identity, proof, HERE)


def confirm(identity: Identity, code: str) -> tuple[str, ...]:
    with db.writing() as session:
        users.count_code(session, identity)
    with db.writing() as session:
        return users.confirm_second_factor(session, identity, code)


def renew(identity: Identity, code: str) -> tuple[str, ...]:
    proof = proof_of(identity)
    with db.writing() as session:
        return users.renew_recovery_codes(session, identity, proof, HERE, code)


def disable(identity: Identity, code: str, password: str = PASSWORD) -> None:
    proof = proof_of(identity, password)
    with db.writing() as session:
        users.disable_second_factor(session, identity, proof, HERE, code)


def account() -> User:
    with db.reading() as session:
        return session.exec(select(User)).one()


def test_it_counts_from_the_first_code_on_and_makes_this_session_sure(token: str) -> None:
    other = sign_in().token
    setup = begin(who(token))
    assert isinstance(enter(), users.SignedIn)
    codes = confirm(who(token), app_code(setup.secret))
    assert len(set(codes)) == 10
    assert who(token).strong
    assert not who(other).signed_in
    assert isinstance(enter(), users.HalfIn)
    assert letters()[-1].kind == "account.second_step_on"


def test_what_the_app_is_given_holds_the_secret_the_shop_and_the_account(token: str) -> None:
    setup = begin(who(token))
    assert setup.uri.startswith("otpauth://totp/Harness%20Hero:olive%40example.com?secret=")
    assert setup.secret in setup.uri
    assert len(setup.secret) == 32
    assert setup.qr.startswith("<svg")
    assert "script" not in setup.qr
    assert setup.secret not in repr(setup)


def test_the_secret_lies_sealed_and_recovery_codes_as_hashes(token: str) -> None:
    secret, codes = protect(who(token))
    with db.reading() as session:
        rows = [*session.exec(select(User)), *session.exec(select(RecoveryCode))]
    lying = " ".join(str(row.model_dump()) for row in rows)
    for value in (secret, *codes, codes[0].replace("-", "")):
        assert value not in lying


def test_setting_it_up_takes_the_password_and_a_right_code(token: str) -> None:
    with pytest.raises(Invalid):
        proof_of(who(token), "a wrong one")
    with pytest.raises(Conflict, match="Start again"):
        confirm(who(token), "123456")
    setup = begin(who(token))
    with pytest.raises(Invalid, match="clock"):
        confirm(who(token), app_code(setup.secret, steps=20))
    assert account().totp_since is None


def test_beginning_again_forgets_the_first_secret(token: str) -> None:
    first, second = begin(who(token)), begin(who(token))
    with pytest.raises(Invalid):
        confirm(who(token), app_code(first.secret))
    confirm(who(token), app_code(second.secret))


def test_a_thief_of_a_session_cannot_put_an_app_of_theirs_in_its_place(token: str) -> None:
    protect(who(token))
    with pytest.raises(Conflict, match="already"):
        begin(who(token))


def test_turning_it_off_takes_password_and_code(token: str) -> None:
    secret, codes = protect(who(token))
    with pytest.raises(Invalid):
        disable(who(token), app_code(secret), "a wrong one")
    with pytest.raises(Invalid):
        disable(who(token), "000000")
    disable(who(token), app_code(secret))
    assert not who(token).strong
    assert isinstance(enter(), users.SignedIn)
    assert letters()[-1].kind == "account.second_step_off"
    with pytest.raises(Conflict):
        disable(who(token), codes[0])


def test_a_recovery_code_turns_it_off_for_who_lost_the_phone(token: str) -> None:
    _, codes = protect(who(token))
    disable(who(token), codes[3])
    assert account().totp == ""


def test_new_recovery_codes_end_the_old_ones(token: str) -> None:
    secret, old = protect(who(token))
    fresh = renew(who(token), app_code(secret))
    assert not set(old) & set(fresh)
    assert letters()[-1].kind == "account.recovery_codes_renewed"
    with pytest.raises(Invalid):
        renew(who(token), old[0])
    renew(who(token), fresh[0])


def test_how_it_stands_is_told_to_its_owner(token: str) -> None:
    def stands() -> users.SecondFactor:
        with db.reading() as session:
            return users.second_factor_of(session, who(token))

    assert stands() == users.SecondFactor(on=False, required=False, codes_left=0)
    _, codes = protect(who(token))
    assert stands() == users.SecondFactor(on=True, required=False, codes_left=10)
    half = enter()
    assert isinstance(half, users.HalfIn)
    with db.writing() as session:
        users.finish_sign_in(session, half.token, codes[0], HERE, Identity(), None)
    assert stands().codes_left == 9
    assert "9 of your recovery codes are left" in " ".join(letters()[-1].text.split())


def test_demonstration_accounts_have_none() -> None:
    with db.writing() as session:
        demo = users.add_demo_accounts(session)["staff@demo.test"]
        with pytest.raises(Forbidden, match="Demonstration"):
            users.begin_proof(session, Identity("", demo.id, Role.STAFF, demo=True), HERE)
