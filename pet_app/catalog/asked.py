"""What the address of the shop asks for, and the addresses that ask for a little more or less."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from urllib.parse import quote

from pet_app.catalog.rules import FILTERED_OPTIONS, Kind, Sort, Species

SHOP = "/shop"
AT_ONCE = 24
MOST_AT_ONCE = 4
"""How many times as many may stand on one page before the next begins."""
LONGEST_TEXT = 80
LONGEST_CURSOR = 80
MOST_VALUES = 30
HIGHEST_PRICE = 100_000
LONGEST_NUMBER = 20
VALUE = re.compile(r"[a-z0-9_.-]{1,40}")
CENTS = 100


class Word(StrEnum):
    """What stands in an address before each `=`."""

    TEXT = "q"
    KIND = "kind"
    SPECIES = "for"
    LOW = "from"
    HIGH = "to"
    IN_STOCK = "stock"
    SORT = "sort"
    SHOWN = "show"
    AFTER = "after"


@dataclass(frozen=True)
class Asked:
    """A shelf as it is asked for. `low` and `high` are whole dollars; `shown` counts in stretches
    of `AT_ONCE`, from behind the product `after` on."""

    text: str = ""
    kind: str = ""
    species: str = ""
    facets: tuple[tuple[str, str], ...] = ()
    low: int | None = None
    high: int | None = None
    in_stock: bool = False
    sort: str = Sort.FEATURED.value
    shown: int = 1
    after: str = ""

    def values(self, facet: str) -> tuple[str, ...]:
        """The values of one facet."""
        return tuple(value for name, value in self.facets if name == facet)


def read(query: Mapping[str, str]) -> Asked:
    """What an address asks for; whatever it cannot mean is passed over."""
    low, high = (_whole(query.get(word, "")) for word in (Word.LOW, Word.HIGH))
    if low is not None and high is not None and low > high:
        low, high = high, low
    return Asked(
        text=" ".join(query.get(Word.TEXT, "").replace("\0", " ").split())[:LONGEST_TEXT],
        kind=_one_of(Kind, query.get(Word.KIND, "")),
        species=_one_of(Species, query.get(Word.SPECIES, "")),
        facets=tuple(
            (facet, value)
            for facet in FILTERED_OPTIONS
            for value in dict.fromkeys(query.get(facet, "").split(",")[:MOST_VALUES])
            if VALUE.fullmatch(value)
        ),
        low=low,
        high=high,
        in_stock=query.get(Word.IN_STOCK) == "1",
        sort=_one_of(Sort, query.get(Word.SORT, "")) or Sort.FEATURED.value,
        shown=min(MOST_AT_ONCE, _whole(query.get(Word.SHOWN, "")) or 1),
        after=query.get(Word.AFTER, "")[:LONGEST_CURSOR],
    )


def address(asked: Asked) -> str:
    """The address of a shelf, as short as it can be."""
    pairs = "&".join(f"{name}={quote(value, safe=',')}" for name, value in words(asked))
    return f"{SHOP}?{pairs}" if pairs else SHOP


def words(asked: Asked) -> list[tuple[str, str]]:
    """What an address has to say to ask for this, in the order it is said."""
    said = [
        (Word.TEXT, asked.text),
        (Word.KIND, asked.kind),
        (Word.SPECIES, asked.species),
        *((facet, ",".join(asked.values(facet))) for facet in FILTERED_OPTIONS),
        (Word.LOW, "" if asked.low is None else str(asked.low)),
        (Word.HIGH, "" if asked.high is None else str(asked.high)),
        (Word.IN_STOCK, "1" if asked.in_stock else ""),
        (Word.SORT, "" if asked.sort == Sort.FEATURED else asked.sort),
        (Word.SHOWN, "" if asked.shown == 1 else str(asked.shown)),
        (Word.AFTER, asked.after),
    ]
    return [(str(name), value) for name, value in said if value]


def anew(asked: Asked, **changes: object) -> Asked:
    """The same with something changed, shown from its beginning."""
    return replace(asked, **{"shown": 1, "after": "", **changes})  # pyright: ignore


def turned(asked: Asked, facet: str, value: str) -> Asked:
    """The same with one value of a facet more, or without it if it was asked for."""
    pair = (facet, value)
    others = tuple(other for other in asked.facets if other != pair)
    return anew(asked, facets=others if pair in asked.facets else (*others, pair))


def _one_of(words: type[StrEnum], word: str) -> str:
    return word if word in {member.value for member in words} else ""


def _whole(text: str) -> int | None:
    text = text.strip().removeprefix("$").split(".")[0][:LONGEST_NUMBER]
    return min(int(text), HIGHEST_PRICE) if text.isascii() and text.isdecimal() else None
