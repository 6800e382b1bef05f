"""Commands about clerks: `python -m pet_app clerk appoint carla@town.example us-ca-vista`."""

from argparse import ArgumentParser
from typing import Any

from pet_app.core import db
from pet_app.core.console import plainly, say
from pet_app.core.errors import NotFound
from pet_app.core.security import Role
from pet_app.licensing import service as licensing
from pet_app.user import service as users


def add_commands(commands: Any) -> None:
    """Tell the parser of the command line what there is; `commands` are its subparsers."""
    top: ArgumentParser = commands.add_parser("clerk", help="who decides for which town")
    inner = top.add_subparsers(required=True, metavar="what")
    for command in (appoint, dismiss):
        told: ArgumentParser = inner.add_parser(command.__name__, help=command.__doc__)
        told.add_argument("email")
        told.add_argument("town", help="a town's id, such as us-ca-vista")
        told.set_defaults(command=command)
    told = inner.add_parser("list", help=list_clerks.__doc__)
    told.add_argument("--town", default="", help="of one town only")
    told.set_defaults(command=list_clerks)


def appoint(email: str, town: str) -> None:
    """Let somebody decide for a town; their account becomes a clerk's."""
    with plainly(), db.writing() as session:
        where = licensing.town(town)
        user = users.account_of(session, email)
        if user.role not in (Role.CLERK, Role.ADMIN):
            users.appoint(session, user, Role.CLERK)
            say("The account is a clerk's now, and was signed out everywhere.")
        licensing.appoint_clerk(session, user.id, where.id)
    say(f"{email} decides for {where.name}. A second step at sign-in has to be set up first.")


def dismiss(email: str, town: str) -> None:
    """Let somebody decide for a town no more; with their last town they are a clerk no more."""
    with plainly(), db.writing() as session:
        user = users.account_of(session, email)
        if not licensing.dismiss_clerk(session, user.id, town):
            raise NotFound("This person does not decide for that town.")
        left = [one for one in licensing.clerks_of(session) if one.user_id == user.id]
        if not left and user.role == Role.CLERK:
            users.appoint(session, user, Role.USER)
    say(f"{email} decides for that town no more.")


def list_clerks(town: str) -> None:
    """Who decides for which town."""
    with plainly(), db.reading() as session:
        for one in licensing.clerks_of(session, town):
            found = users.addressee(session, one.user_id)
            say(f"{one.town_id}  {found.email if found else one.user_id}")
