"""Order numbers: read over the telephone, hard to guess, and wrong when one sign is wrong."""

import re
import secrets

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXY"
"""Without 0, O, 1, I, L, U and Z, which are taken for others. As many as a prime, so that one
wrong sign, and any two that changed places, show."""

LENGTH = 7
FORM = re.compile(rf"HH-[{SIGNS}]{{4}}-[{SIGNS}]{{4}}")


def new_number() -> str:
    """A fresh number, such as `HH-7K2M-9QXP`; one of seventeen thousand million."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return _written(signs + _check(signs))


def read_number(typed: str) -> str:
    """The number somebody typed, as it is written; empty when it cannot be one of ours."""
    signs = re.sub(r"[\s\-–—_.#]", "", typed[:40]).upper()
    signs = signs.removeprefix("HH") if len(signs) > LENGTH + 1 else signs
    if len(signs) != LENGTH + 1 or set(signs) - set(SIGNS) or signs[-1] != _check(signs[:-1]):
        return ""
    return _written(signs)


def _written(signs: str) -> str:
    return f"HH-{signs[:4]}-{signs[4:]}"


def _check(signs: str) -> str:
    return SIGNS[sum(place * SIGNS.index(sign) for place, sign in enumerate(signs, 2)) % len(SIGNS)]
