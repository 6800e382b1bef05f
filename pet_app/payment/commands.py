"""Commands about payments, for whoever runs the shop: `python -m pet_app payment reconcile`."""

import sys
from argparse import ArgumentParser
from typing import Any

from pet_app.core.console import say
from pet_app.payment.service import reconciling


def add_commands(commands: Any) -> None:
    """Tell the parser of the command line what there is; `commands` are its subparsers."""
    told: ArgumentParser = commands.add_parser("payment", help="look after payments")
    within = told.add_subparsers(required=True, metavar="what")
    look = within.add_parser("reconcile", help=reconcile.__doc__)
    look.set_defaults(command=reconcile)


def reconcile() -> None:
    """Compare the payments of the last days with what Stripe says, and repair them."""
    report = reconciling.look_thoroughly()
    say(str(report))
    for payment_id in report.repaired:
        say(f"repaired: payment {payment_id}")
    for session_id in report.unknown:
        say(f"paid, and not ours: session {session_id}")
    if report.down:
        sys.exit(1)
