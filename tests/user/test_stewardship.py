"""What whoever runs the shop does to accounts."""

import pytest

from pet_app.core import db
from pet_app.core.errors import Conflict, Forbidden, Invalid, NotFound
from pet_app.core.security import Role
from pet_app.user import service as users
from pet_app.user.models import User
from tests.user.factory import EMAIL, HERE, link_token, make_user, protect, sign_in, who

pytestmark = pytest.mark.usefixtures("database")


@pytest.fixture
def olive(database: str) -> User:
    with db.writing() as session:
        return make_user(session)


@pytest.mark.usefixtures("olive")
def test_closing_an_account_ends_what_is_open_at_once_and_keeps_it_shut() -> None:
    token = sign_in().token
    with db.writing() as session:
        users.forgot_password(session, EMAIL, HERE)
    link = link_token()
    with db.writing() as session:
        users.close_account(session, users.account_of(session, EMAIL))
    assert not who(token).signed_in
    with db.writing() as session, pytest.raises(Invalid):
        users.begin_reset(session, link, HERE)
    with pytest.raises(Forbidden, match="closed"):
        sign_in()
    with db.writing() as session:
        users.reopen_account(session, users.account_of(session, EMAIL))
    assert sign_in().identity.signed_in


@pytest.mark.usefixtures("olive")
def test_a_new_role_ends_the_sessions_of_the_old_one() -> None:
    token = sign_in().token
    with db.writing() as session:
        users.appoint(session, users.account_of(session, EMAIL), Role.CLERK)
    assert not who(token).signed_in
    assert sign_in().identity.role is Role.CLERK


@pytest.mark.usefixtures("olive")
def test_a_lost_second_step_is_forgotten_and_no_key_counts_as_sure() -> None:
    token = sign_in().token
    protect(who(token))
    with db.writing() as session:
        users.forget_second_factor(session, users.account_of(session, EMAIL))
    assert not who(token).signed_in
    assert not sign_in().identity.strong


def test_an_account_is_found_however_it_is_spelt_and_never_a_demonstration(olive: User) -> None:
    with db.writing() as session:
        users.add_demo_accounts(session)
        assert users.account_of(session, f" {EMAIL.upper()}").id == olive.id
        with pytest.raises(NotFound):
            users.account_of(session, "nobody@example.com")
        with pytest.raises(Invalid):
            users.account_of(session, "nonsense")
        with pytest.raises(Conflict):
            users.account_of(session, "admin@demo.test")
