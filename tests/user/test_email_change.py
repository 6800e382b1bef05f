"""Which address an account may move to, and what nobody learns from asking."""

import pytest

from pet_app.core import db
from pet_app.core.errors import Conflict, Invalid
from pet_app.core.security import Identity
from pet_app.user import service as users
from pet_app.user.models import User
from tests.user.factory import (
    EMAIL,
    HERE,
    letters,
    link_token,
    make_user,
    proof_of,
    sign_in,
    who,
)

pytestmark = pytest.mark.usefixtures("database")

NEW = "olive@new.example"


@pytest.fixture
def olive(database: str) -> User:
    with db.writing() as session:
        return make_user(session)


def ask_for_email(identity: Identity, email: str = NEW) -> None:
    proof = proof_of(identity)
    with db.writing() as session:
        users.ask_for_email(session, identity, proof, HERE, email)


def confirm_email(token: str, guest: Identity) -> users.Moved:
    with db.writing() as session:
        return users.confirm_email(session, token, guest, HERE)


@pytest.mark.usefixtures("olive")
def test_an_address_of_somebody_else_is_never_taken_and_never_told() -> None:
    with db.writing() as session:
        make_user(session, NEW, name="Nora New")
    here = sign_in().token
    ask_for_email(who(here))
    assert [letter.kind for letter in letters(NEW)] == ["account.taken"]
    assert who(here).email == EMAIL


@pytest.mark.usefixtures("olive")
def test_an_address_taken_meanwhile_is_not_given_twice() -> None:
    here = sign_in().token
    ask_for_email(who(here))
    token = link_token(NEW)
    with db.writing() as session:
        make_user(session, NEW)
    with pytest.raises(Conflict):
        confirm_email(token, who(here))


@pytest.mark.usefixtures("olive")
def test_what_cannot_be_the_new_address_is_refused_at_its_field() -> None:
    identity = who(sign_in().token)
    for email in ("nowhere", EMAIL, "x" * 320):
        with pytest.raises(Invalid) as refused:
            ask_for_email(identity, email)
        assert refused.value.fields.keys() == {"email"}
