"""Accounts, clients and letters for tests."""

import re
from functools import cache

from pyotp.totp import TOTP
from sqlmodel import Session

from pet_app.core import db
from pet_app.core.ids import new_id
from pet_app.core.mail import kept
from pet_app.core.mail.kept import Posted
from pet_app.core.passwords import hash_password
from pet_app.core.security import SESSION_COOKIE, Identity, Role, identify
from pet_app.messaging.bus import load_reactions
from pet_app.user import service as users
from pet_app.user.client import Client
from pet_app.user.models import User
from pet_app.user.service import Newcomer
from tests.messaging.factory import drain

PASSWORD = "four random words here"
ANOTHER = "some other words entirely"
EMAIL = "olive@example.com"
HERE = Client("127.0.0.1", loopback=True)
ELSEWHERE = Client("192.168.1.20", loopback=False, device="Firefox on Linux")
GUEST = Identity(visitor="a" * 64)


@cache
def _hashed(password: str) -> str:
    """Hashing takes long on purpose, and hundreds of tests open accounts with one password."""
    return hash_password(password)


def make_user(
    session: Session,
    email: str = EMAIL,
    *,
    password: str = PASSWORD,
    role: Role = Role.USER,
    demo: bool = False,
    name: str = "Olive Owner",
) -> User:
    """An account, opened as a page would open it."""
    newcomer = Newcomer(name, email, _hashed(password))
    return users.register(session, newcomer, role=role, demo=demo)


def identity_of(user: User, visitor: str = "", *, strong: bool = False) -> Identity:
    """Who this person is once signed in."""
    return Identity(
        visitor, user.id, Role(user.role), user.name, user.email, user.demo, strong=strong
    )


def enter(
    email: str = EMAIL,
    password: str = PASSWORD,
    client: Client = HERE,
    old_token: str | None = None,
) -> users.SignedIn | users.HalfIn | users.Leaver:
    """What the door does: count, verify outside, open."""
    with db.writing() as session:
        credentials = users.begin_sign_in(session, email, client)
    proof = users.prove(credentials, password)
    with db.writing() as session:
        return users.sign_in(session, proof, client, GUEST, old_token)


def sign_in(
    email: str = EMAIL,
    password: str = PASSWORD,
    client: Client = HERE,
    old_token: str | None = None,
) -> users.SignedIn:
    """Sign in to an account without a second step."""
    entered = enter(email, password, client, old_token)
    assert isinstance(entered, users.SignedIn)
    return entered


def who(token: str) -> Identity:
    """Whose session this is."""
    with db.reading() as session:
        return identify(session, {SESSION_COOKIE: token})


def proof_of(identity: Identity, password: str = PASSWORD, client: Client = HERE) -> users.Proof:
    """One's own password, shown again."""
    with db.writing() as session:
        credentials = users.begin_proof(session, identity, client)
    return users.prove_again(credentials, password)


def app_code(secret: str, *, steps: int = 0) -> str:
    """What an authenticator app shows, some steps of thirty seconds from now."""
    with db.reading() as session:
        now = int(db.database_now(session).timestamp())
    return TOTP(secret).at(now + 30 * steps)


def protect(identity: Identity) -> tuple[str, tuple[str, ...]]:
    """Set up the second step, as if some time ago: the secret and the recovery codes."""
    with db.writing() as session:
        setup = users.begin_second_factor(session, identity, proof_of_in(session, identity), HERE)
    with db.writing() as session:
        codes = users.confirm_second_factor(session, identity, app_code(setup.secret))
        session.get_one(User, identity.user_id).totp_step = 0
    return setup.secret, codes


def proof_of_in(session: Session, identity: Identity) -> users.Proof:
    """The proof of a password that needs no verifying."""
    user = users.own_user(session, identity)
    return users.Proof(user.email, new_id(), user.password_hash)


def letters(to: str = EMAIL) -> list[Posted]:
    """Every letter to an address once all that waited is done, the oldest first."""
    load_reactions()
    drain()
    with db.reading() as session:
        return list(reversed(kept.latest(session, to=to)))


def link_token(to: str = EMAIL, kind: str = "") -> str:
    """The token of the link in the latest letter to an address."""
    found = [letter for letter in letters(to) if kind in letter.kind]
    assert found, "no such letter"
    match = re.search(r"#([\w-]{40,})", found[-1].text)
    assert match, found[-1].text
    return match.group(1)
