"""Commands about licences: `python -m pet_app licence-rules check town.toml`."""

import sys
import tomllib
from argparse import ArgumentParser
from itertools import product
from pathlib import Path
from typing import Any

from pet_app.core.money import Money
from pet_app.licensing import key_commands
from pet_app.licensing import service as licensing
from pet_app.licensing.rules import Case, Fee, Species, Town, Unreadable, fee, read


def add_commands(commands: Any) -> None:
    """Tell the parser of the command line what there is; `commands` are its subparsers."""
    key_commands.add_commands(commands)
    told: ArgumentParser = commands.add_parser("licence-rules", help="look at a town's rules")
    within = told.add_subparsers(required=True, metavar="what")
    one = within.add_parser("check", help=check.__doc__)
    one.add_argument("file", type=Path)
    one.set_defaults(command=check)


def check(file: Path) -> None:
    """Say what is wrong in a town's file, or what its licences cost."""
    try:
        town = read(tomllib.loads(file.read_text("utf-8")))
    except (OSError, UnicodeDecodeError) as error:
        sys.exit(f"{file} cannot be read: {error}")
    except tomllib.TOMLDecodeError as error:
        sys.exit(f"{file} is not TOML: {error}")
    except Unreadable as error:
        lines = [f"  {fault.where}: {fault.what}" for fault in error.faults]
        sys.exit("\n".join([f"{file} is not in order yet:", *lines]))
    sys.stdout.write("\n".join([f"{town.name}, {town.region}", *_fees(town)]) + "\n")


def _fees(town: Town) -> list[str]:
    today = licensing.today_in(town)
    schedule = town.schedule_on(today)
    if schedule is None:
        return [f"  No rules hold today, {today}."]
    found = []
    for species, term, altered in product(Species, schedule.terms, (True, False)):
        case = Case(species, altered, today, term.id, proofs=frozenset(term.needs))
        priced = fee(town, case)
        if isinstance(priced, Fee):
            name = f"{species.value}, {'altered' if altered else 'not altered'}, {term.words}"
            found.append(f"  {name:40}{Money(priced.cents, priced.currency)!s:>12}")
    return found
