"""Commands about licences: `python -m pet_app licence-rules check town.toml`."""

import sys
import tomllib
from argparse import ArgumentParser
from itertools import product
from pathlib import Path
from typing import Any

from pet_app.core.money import Money
from pet_app.licensing import clerk_commands, key_commands
from pet_app.licensing import service as licensing
from pet_app.licensing.rules import Case, Covers, Fee, Species, Town, Unreadable, When, fee, read

NEW_AND_RENEWAL = When.actions


def add_commands(commands: Any) -> None:
    """Tell the parser of the command line what there is; `commands` are its subparsers."""
    key_commands.add_commands(commands)
    clerk_commands.add_commands(commands)
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
    said = [f"{town.name}, {town.region}", *_fees(town), *_other_rules(town), *_doubts(town)]
    sys.stdout.write("\n".join(said) + "\n")


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


def _other_rules(town: Town) -> list[str]:
    schedule = town.schedule_on(licensing.today_in(town))
    found = []
    for rule in schedule.rules if schedule else ():
        cases = [
            f"{name} {_plain(value)}"
            for name, value in vars(rule.when).items()
            if value not in (None, ()) and (name, value) != ("actions", NEW_AND_RENEWAL)
        ]
        amount = f"{rule.percent}%" if rule.cents is None else str(Money(rule.cents, town.currency))
        name = f"{rule.stage}, {rule.words}"
        found.append(f"  {name:40}{amount:>12}  {'; '.join(cases)}")
    return ["Every rule that holds today, and when:", *found] if found else []


def _plain(value: Any) -> str:
    if isinstance(value, tuple):
        return " ".join(_plain(one) for one in value)
    return str(value)


def _doubts(town: Town) -> list[str]:
    """What is in order, and yet hardly meant."""
    found = [
        f"No postcode lies in {name}, {town.covers.state}: the finder leads nobody here by it."
        for name in licensing.unknown_places(town)
    ]
    if town.covers == Covers():
        found.append("Without `covers` the town is found by its name only, and by no postcode.")
    if any(known.id == town.id and known != town for known in licensing.towns()):
        found.append(f"There is another town with the id {town.id}.")
    return ["Is this meant?", *(f"  {doubt}" for doubt in found)] if found else []
