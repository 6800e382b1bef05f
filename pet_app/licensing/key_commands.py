"""Commands about the keys of certificates: `python -m pet_app licence-keys list|rotate|revoke`."""

from argparse import ArgumentParser
from typing import Any

from pet_app.core import db
from pet_app.core.console import plainly, say
from pet_app.licensing import service as licensing

AT_ONCE = 200


def add_commands(commands: Any) -> None:
    """Tell the parser of the command line what there is; `commands` are its subparsers."""
    told: ArgumentParser = commands.add_parser("licence-keys", help="keys of licence certificates")
    within = told.add_subparsers(required=True, metavar="what")
    for name, command in (("list", list_all), ("rotate", rotate)):
        within.add_parser(name, help=command.__doc__).set_defaults(command=command)
    one = within.add_parser("revoke", help=revoke.__doc__)
    one.add_argument("key")
    one.set_defaults(command=revoke)


def list_all() -> None:
    """Every key there ever was, the newest first."""
    with db.reading() as session:
        keys = licensing.list_keys(session)
    for key in keys:
        if key.revoked:
            state = f"revoked {key.revoked:%Y-%m-%d}"
        else:
            state = f"retired {key.retired:%Y-%m-%d}" if key.retired else "signs"
        say(f"{key.id}  {key.created:%Y-%m-%d}  {state:18}  {key.public}")
    if not keys:
        say("There is no key yet; the first certificate makes one.")


def rotate() -> None:
    """Sign with a new key from now on; what was signed stays good."""
    with db.writing() as session:
        key = licensing.rotate_key(session)
        say(f"Certificates are signed with {key.id} now.")


def revoke(key: str) -> None:
    """Refuse what a key has signed, and sign every licence that holds again."""
    with plainly(), db.writing() as session:
        licensing.revoke_key(session, key)
    done = 0
    # In many small transactions, so that nobody waits; it can be ended and started over.
    while made := _sign_again(key):
        done += made
    say(f"{key} is revoked; {done} licences have a new certificate under way.")


def _sign_again(key: str) -> int:
    with db.writing() as session:
        return licensing.sign_again(session, key, AT_ONCE)
