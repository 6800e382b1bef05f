"""Commands for whoever runs the shop: `python -m pet_app prepare`."""

import argparse
import os
import sys
from pathlib import Path

from pet_app import demo, startup
from pet_app.checkout import commands as tills
from pet_app.core import db, offload, telemetry
from pet_app.licensing import commands as licensing
from pet_app.order import commands as orders
from pet_app.payment import commands as payments
from pet_app.user import commands as accounts
from pet_app.webhook import commands as webhooks


def main() -> None:
    """Do the one thing asked for."""
    telemetry.configure()
    parser = argparse.ArgumentParser(prog="python -m pet_app", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in (run, prepare, migrate, seed):
        told = commands.add_parser(command.__name__, help=command.__doc__)
        told.set_defaults(command=command)
    for section in (accounts, webhooks, payments, orders, tills, licensing):
        section.add_commands(commands)
    told = vars(parser.parse_args())
    told.pop("command")(**told)


def run() -> None:
    """Prepare, build the pages and serve them with the API on PORT."""
    prepare()
    reflex = str(Path(sys.executable).with_name("reflex"))
    os.execv(reflex, [reflex, "run", "--env", "prod"])  # noqa: S606


def prepare() -> None:
    """Bring the tables up to date, fill an empty shop, warm what is slow the first time."""
    startup.warm_up(wait_for_pictures=startup.prepare())
    # `run` becomes another program, which would not know these children.
    offload.close()


def migrate() -> None:
    """Bring the tables up to date."""
    db.migrate()


def seed() -> None:
    """Fill an empty shop with the demonstration products, pets, designs and accounts."""
    db.migrate()
    demo.seed()


if __name__ == "__main__":
    main()
