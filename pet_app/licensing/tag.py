"""Codes on tags: eight signs that nobody mixes up, the last of which tells a wrong one."""

import re
import secrets

SIGNS = "3479ACDEFGHJKMNPQRTVWXY"
"""Without 0 O, 1 I L, 2 Z, 5 S, 6, 8 B and U, which are taken for others on worn metal. As many as
a prime, so that one wrong sign, and any two that changed places, show."""

LENGTH = 8
FORM = re.compile(rf"[{SIGNS}]{{{LENGTH}}}")


def new_code() -> str:
    """A fresh code, such as `K7TM4QXR`; one of three thousand million."""
    return with_check(_chance(LENGTH - 1))


def read_code(typed: str) -> str:
    """The code somebody read off a tag, as it is kept; empty when it cannot be one of ours."""
    signs = re.sub(r"[\s\-–—_.]", "", typed[:40]).upper()
    return signs if FORM.fullmatch(signs) and with_check(signs[:-1]) == signs else ""


def shown(code: str) -> str:
    """The code in two groups, as it stands on a tag."""
    return f"{code[:4]} {code[4:]}"


def with_check(signs: str) -> str:
    """These signs and the one that belongs behind them."""
    total = sum(place * SIGNS.index(sign) for place, sign in enumerate(signs, 2))
    return signs + SIGNS[total % len(SIGNS)]


def _chance(count: int) -> str:
    return "".join(secrets.choice(SIGNS) for _ in range(count))
