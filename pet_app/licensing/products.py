"""For how long rabies vaccines are licensed at most, by what they are called."""

import tomllib
from functools import cache
from pathlib import Path

FILE = Path(__file__).parent / "data" / "vaccines.toml"


def longest_years(product: str) -> int:
    """For how many years at most a vaccine of that name is licensed; 0 where we do not know it."""
    words = "".join(sign for sign in product.casefold() if sign.isalnum())
    fits = [(len(name), years) for name, years in _known() if words and name in words]
    return max(fits, default=(0, 0))[1]


@cache
def _known() -> tuple[tuple[str, int], ...]:
    told = tomllib.loads(FILE.read_text("utf-8"))
    return tuple(
        ("".join(sign for sign in row["name"].casefold() if sign.isalnum()), row["years"])
        for row in told["vaccine"]
    )
