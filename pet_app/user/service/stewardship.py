"""What whoever runs the shop does to accounts, from the command line."""

from sqlmodel import Session

from pet_app.core import security
from pet_app.core.errors import Conflict, Invalid, NotFound
from pet_app.core.security import Role
from pet_app.user import rules
from pet_app.user.models import User
from pet_app.user.service import one_time
from pet_app.user.service.accounts import Newcomer, find, register
from pet_app.user.service.password import reset_link_for
from pet_app.user.service.registration import Form
from pet_app.user.service.second_factor import remove_second_factor

DEMO = "Demonstration accounts stay as they are."


def account_of(session: Session, email: str) -> User:
    """The account of an address, however it is spelt. Raises `NotFound`, `Invalid`."""
    try:
        normal = rules.normal_email(email)
    except ValueError as fault:
        raise Invalid(str(fault)) from None
    user = find(session, normal)
    if user is None:
        raise NotFound("There is no account with this e-mail.")
    if user.demo:
        raise Conflict(DEMO)
    return user


def appoint(session: Session, user: User, role: Role) -> None:
    """Give an account another role; its sessions end, since they were opened for less or more."""
    user.role = role
    session.add(user)
    security.refresh_standing(session, user.id, role=role, name=user.name, email=user.email)
    security.close_all(session, user.id, personal_tokens=True)


def add_account_by_link(session: Session, form: Form, role: Role) -> str:
    """Open an account that has no password yet: the token of the link to choose one."""
    return reset_link_for(
        session, register(session, Newcomer(form.name, form.email, ""), role=role)
    )


def close_account(session: Session, user: User) -> None:
    """Let nobody in any more; everything that was open ends now, and nothing is deleted."""
    user.disabled = True
    session.add(user)
    revoke_everything(session, user)


def reopen_account(session: Session, user: User) -> None:
    """Let its owner in again."""
    user.disabled = False
    session.add(user)


def forget_second_factor(session: Session, user: User) -> None:
    """For who lost phone and codes: the password alone signs in again; every session ends."""
    remove_second_factor(session, user)
    security.close_all(session, user.id, personal_tokens=True)


def revoke_everything(session: Session, user: User) -> None:
    """End every session, program, personal token and open link of one person."""
    security.close_all(session, user.id, personal_tokens=True)
    one_time.drop_all(session, user.id)
