"""Commands about the inbox, for whoever runs the shop: `python -m pet_app webhook list`."""

from argparse import ArgumentParser
from typing import Any

from pet_app.core import db
from pet_app.core.console import plainly, say
from pet_app.core.discovery import load_all
from pet_app.webhook import service as inbox
from pet_app.webhook.rules import InboxState


def add_commands(commands: Any) -> None:
    """Tell the parser of the command line what there is; `commands` are its subparsers."""
    told: ArgumentParser = commands.add_parser("webhook", help="look after what others told us")
    within = told.add_subparsers(required=True, metavar="what")
    listing = within.add_parser("list", help=list_deliveries.__doc__)
    listing.add_argument("--state", choices=[state.value for state in InboxState])
    listing.add_argument("--limit", type=int, default=50)
    listing.set_defaults(command=list_deliveries)
    for name, command in (("replay", replay), ("dry-run", dry_run)):
        one = within.add_parser(name, help=command.__doc__)
        one.add_argument("inbox_id")
        one.set_defaults(command=command)


def list_deliveries(state: str | None, limit: int) -> None:
    """Show the latest deliveries, and what became of them."""
    with db.reading() as session:
        rows = inbox.list_deliveries(session, InboxState(state) if state else None, "", limit)
    for row in rows:
        parts = [row.id, f"{row.received:%Y-%m-%d %H:%M:%S}", row.source, row.topic, row.state]
        parts += [f"came {row.deliveries}×", row.error]
        say("  ".join(part for part in parts if part))


def replay(inbox_id: str) -> None:
    """Have one delivery worked off once more."""
    with plainly(), db.writing() as session:
        inbox.replay(session, inbox_id)
    say("It will be worked off in a moment.")


def dry_run(inbox_id: str) -> None:
    """Say what working a delivery off would do, and do nothing."""
    load_all("tasks")
    with plainly():
        with db.reading() as session:
            _, delivery = inbox.find(session, inbox_id)
        try:
            say(inbox.WORKERS[delivery.source].would(delivery))
        except inbox.PassedOver as why:
            say(f"It would be passed over: {why}.")
