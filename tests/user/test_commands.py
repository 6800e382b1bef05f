"""What whoever runs the shop types, as processes of their own."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from pet_app.core import db
from pet_app.core.errors import NotSignedIn
from pet_app.core.security import Role
from pet_app.core.settings import ROOT
from pet_app.user import service as users
from tests.user.factory import (
    ANOTHER,
    EMAIL,
    GUEST,
    HERE,
    PASSWORD,
    enter,
    letters,
    make_user,
    protect,
    sign_in,
    who,
)

pytestmark = pytest.mark.usefixtures("sqlite_database")


def run(shop: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """One command over this test's shop."""
    return subprocess.run(
        [sys.executable, "-m", "pet_app", *words],
        check=False,
        cwd=ROOT,
        env={**os.environ, "PET_DATA_DIR": str(shop)},
        input=typed,
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_an_administrator_is_made_with_a_password(shop: Path) -> None:
    done = run(
        shop, "create-admin", " Boss@Example.com", "--name", "The Boss", typed=f"{PASSWORD}\n"
    )
    assert done.returncode == 0, done.stderr
    identity = sign_in("boss@example.com").identity
    assert (identity.role, identity.name) == (Role.ADMIN, "The Boss")
    assert PASSWORD not in done.stdout + done.stderr


def test_an_administrator_chooses_the_password_by_a_link(shop: Path) -> None:
    done = run(shop, "create-admin", "boss@example.com", "--link")
    assert done.returncode == 0, done.stderr
    found = re.search(r"/reset#([\w-]+)", done.stdout)
    assert found
    with pytest.raises(NotSignedIn):
        sign_in("boss@example.com", "")
    with db.writing() as session:
        known = users.begin_reset(session, found.group(1), HERE)
    fresh = users.new_hash(ANOTHER, known)
    with db.writing() as session:
        users.reset_password(session, found.group(1), fresh, HERE, GUEST, None)
    assert sign_in("boss@example.com", ANOTHER).identity.role is Role.ADMIN


def test_an_account_that_is_there_becomes_an_administrators_and_is_signed_out(shop: Path) -> None:
    with db.writing() as session:
        make_user(session)
    token = sign_in().token
    done = run(shop, "create-admin", EMAIL)
    assert done.returncode == 0, done.stderr
    assert not who(token).signed_in
    assert sign_in().identity.role is Role.ADMIN


@pytest.mark.parametrize(
    ("words", "typed", "said"),
    [
        (("create-admin", "boss@example.com"), "password1", "first passwords"),
        (("revoke-sessions", "admin@demo.test"), "", "stay as they are"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_sentence(
    shop: Path, words: tuple[str, ...], typed: str, said: str
) -> None:
    with db.writing() as session:
        users.add_demo_accounts(session)
    done = run(shop, *words, typed=typed)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_a_second_step_is_reset_for_who_lost_everything(shop: Path) -> None:
    with db.writing() as session:
        make_user(session)
    token = sign_in().token
    protect(who(token))
    done = run(shop, "reset-second-factor", EMAIL)
    assert done.returncode == 0, done.stderr
    assert not who(token).signed_in
    assert isinstance(enter(), users.SignedIn)
    assert letters()[-1].kind == "account.second_step_off"


def test_every_session_of_a_person_is_revoked_and_of_nobody_else(shop: Path) -> None:
    with db.writing() as session:
        make_user(session)
        make_user(session, "other@example.com")
    tokens = [sign_in().token, sign_in().token]
    other = sign_in("other@example.com").token
    done = run(shop, "revoke-sessions", EMAIL)
    assert done.returncode == 0, done.stderr
    assert not any(who(token).signed_in for token in tokens)
    assert who(other).signed_in
