"""Commands for whoever runs the shop: `python -m pet_app prepare`."""

import argparse
import os
import sys
from pathlib import Path

from pet_app import demo, sections, startup, warming
from pet_app.core import db, offload, telemetry


def main() -> None:
    """Do the one thing asked for."""
    telemetry.configure()
    parser = argparse.ArgumentParser(prog="python -m pet_app", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")
    for command in (run, prepare, migrate, seed):
        told = commands.add_parser(command.__name__, help=command.__doc__)
        told.set_defaults(command=command)
    for section in sections.load("commands"):
        section.add_commands(commands)
    told = vars(parser.parse_args())
    told.pop("command")(**told)


def run() -> None:
    """Prepare, build the pages meanwhile and serve them with the API on PORT."""
    warming.begin(wait_for_pictures=startup.prepare())
    # This becomes another program, which would not know its children.
    offload.close()
    reflex = str(Path(sys.executable).with_name("reflex"))
    os.execv(reflex, [reflex, "run", "--env", "prod"])  # noqa: S606


def prepare() -> None:
    """Bring the tables up to date, fill an empty shop, warm what is slow the first time."""
    warming.warm_up(wait_for_pictures=startup.prepare())


def migrate() -> None:
    """Bring the tables up to date."""
    db.migrate()


def seed() -> None:
    """Fill an empty shop with the demonstration products, pets, designs and accounts."""
    db.migrate()
    demo.seed()


if __name__ == "__main__":
    main()
