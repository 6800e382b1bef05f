"""Licence numbers: for a licence's whole life, hard to guess, and wrong when one sign is wrong."""

import re
import secrets

from pet_app.licensing.tag import SIGNS, with_check

LENGTH = 10
GROUP = 5
ANY = re.compile(r"[A-Za-z0-9-]{1,40}")
"""What a licence's number may be at all, the ones that towns bring along among them."""
PREFIX = re.compile(r"[A-Z]{2}")


def new_number(town_id: str) -> str:
    """A fresh number, such as `OH-7K4M9-QXPRT`: the state, then one of two million million.

    The state is the second part of a town's id, `us-oh-franklin-county`.
    """
    state = town_id.split("-")[1][:2].upper()
    return _written(state, with_check("".join(secrets.choice(SIGNS) for _ in range(LENGTH - 1))))


def read_number(typed: str) -> str:
    """The number somebody typed, as it is written; empty when it cannot be one we made.

    Numbers that towns brought along are written as they were, and are none of these.
    """
    signs = re.sub(r"[\s\-–—_.]", "", typed[:40]).upper()
    state, rest = signs[:2], signs[2:]
    if not PREFIX.fullmatch(state) or len(rest) != LENGTH or set(rest) - set(SIGNS):
        return ""
    return _written(state, rest) if with_check(rest[:-1]) == rest else ""


def _written(state: str, signs: str) -> str:
    return f"{state}-{signs[:GROUP]}-{signs[GROUP:]}"
