"""What commands of all sections share: who acts, amounts as they are typed, plain sentences."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from pet_app.core.errors import Invalid, Problem
from pet_app.core.security import Identity, Role

SHOPKEEPER = Identity(user_id="console", role=Role.ADMIN, name="The shop", strong=True)
"""Whoever may run commands on the machine of the shop may do all of this."""

AMOUNT = re.compile(r"(\d{1,7})(?:\.(\d\d))?")


@contextmanager
def plainly() -> Iterator[None]:
    """End the command with a sentence where a page would show one."""
    try:
        yield
    except Problem as problem:
        sys.exit(" ".join([problem.detail, *problem.fields.values()]))


def say(sentence: str) -> None:
    """Tell whoever typed the command."""
    sys.stdout.write(sentence + "\n")


def cents_of(text: str) -> int:
    """The cents of an amount such as `25` or `7.50`. Raises `Invalid`."""
    if not (found := AMOUNT.fullmatch(text)):
        raise Invalid(f"“{text}” is no amount. Write it like 25 or 7.50.")
    return 100 * int(found[1]) + int(found[2] or 0)
