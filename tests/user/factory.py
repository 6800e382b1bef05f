"""Accounts and clients for tests."""

from sqlmodel import Session

from pet_app.core.passwords import hash_password
from pet_app.core.security import Identity, Role
from pet_app.user import service as users
from pet_app.user.client import Client
from pet_app.user.models import User
from pet_app.user.service import Newcomer

PASSWORD = "four random words here"
HERE = Client("127.0.0.1", loopback=True)
ELSEWHERE = Client("192.168.1.20", loopback=False)


def make_user(
    session: Session,
    email: str = "olive@example.com",
    *,
    password: str = PASSWORD,
    role: Role = Role.USER,
    demo: bool = False,
) -> User:
    """An account, opened as a page would open it."""
    newcomer = Newcomer("Olive Owner", email, hash_password(password))
    return users.register(session, newcomer, role=role, demo=demo)


def identity_of(user: User, visitor: str = "") -> Identity:
    """Who this person is once signed in."""
    return Identity(visitor, user.id, Role(user.role), user.name, user.email, user.demo)
