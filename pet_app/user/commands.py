"""Commands about accounts, for whoever runs the shop."""

import getpass
import sys
from argparse import ArgumentParser
from contextlib import suppress
from typing import Any

from pet_app.core import db
from pet_app.core.console import plainly, say
from pet_app.core.errors import NotFound
from pet_app.core.security import Role
from pet_app.core.settings import settings
from pet_app.user import service as users


def add_commands(commands: Any) -> None:
    """Tell the parser of the command line what there is; `commands` are its subparsers."""
    for command in (
        create_admin,
        reset_second_factor,
        revoke_sessions,
        close_account,
        reopen_account,
    ):
        name = command.__name__.replace("_", "-")
        told: ArgumentParser = commands.add_parser(name, help=command.__doc__)
        told.add_argument("email")
        if command is create_admin:
            told.add_argument("--name", default="Administrator", help="what to call them")
            told.add_argument(
                "--link", action="store_true", help="print a link to choose a password"
            )
        told.set_defaults(command=command)


def create_admin(email: str, name: str, link: bool) -> None:
    """Open an administrator's account, or make an account an administrator's."""
    with plainly():
        if _appointed(email):
            say("That account is an administrator's now, and was signed out everywhere.")
        elif link:
            form = users.check_form(name, email, None)
            with db.writing() as session:
                token = users.add_account_by_link(session, form, Role.ADMIN)
            say("Open this within an hour to choose a password:")
            say(f"{settings().site_url}/reset#{token}")
        else:
            newcomer = users.newcomer(users.check_form(name, email, _password()))
            with db.writing() as session:
                users.register(session, newcomer, role=Role.ADMIN)
            say("The account is open.")
        say("An administrator can do little until a second step at sign-in is set up.")


def reset_second_factor(email: str) -> None:
    """Let somebody who lost phone and recovery codes sign in with the password alone."""
    with plainly(), db.writing() as session:
        users.forget_second_factor(session, users.account_of(session, email))
    say("Their second step is off, and every session has ended. A letter tells them.")


def revoke_sessions(email: str) -> None:
    """End every session, program, personal token and open link of one person."""
    with plainly(), db.writing() as session:
        users.revoke_everything(session, users.account_of(session, email))
    say("They are signed out everywhere, and their tokens and links work no more.")


def close_account(email: str) -> None:
    """Let nobody into an account any more; nothing of it is deleted."""
    with plainly(), db.writing() as session:
        users.close_account(session, users.account_of(session, email))
    say("The account is closed, and everything that was open has ended.")


def reopen_account(email: str) -> None:
    """Let the owner of a closed account in again."""
    with plainly(), db.writing() as session:
        users.reopen_account(session, users.account_of(session, email))
    say("The account is open again.")


def _appointed(email: str) -> bool:
    """Whether there was such an account; it is an administrator's now."""
    with suppress(NotFound), db.writing() as session:
        users.appoint(session, users.account_of(session, email), Role.ADMIN)
        return True
    return False


def _password() -> str:
    """What is typed, twice and unseen; or one line, when it comes from a program."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != first:
        sys.exit("The two are not the same. Nothing was done.")
    return first
