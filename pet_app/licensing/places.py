"""Where a postcode or a post town lies, by the table that `tools/postcodes.py` makes."""

import gzip
import re
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pet_app.licensing.rules import Covers

FILE = Path(__file__).parent / "data" / "postcodes.csv.gz"
COUNTRY = r"[\s,.]*(?:u\.?s\.?a?\.?|united states(?: of america)?|canada)?[\s,.]*$"
# At the end of what was written: five digits in front are the number of a house.
AMERICAN = re.compile(r"(?<!\d)(\d{5})(?:-\d{4})?" + COUNTRY, re.IGNORECASE)
CANADIAN = re.compile(
    r"\b([ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z])(?:[\s-]?\d[ABCEGHJ-NPRSTV-Z]\d)?" + COUNTRY,
    re.IGNORECASE,
)
IN_STATE = re.compile(r"^(.*?)[\s,]+([A-Z]{2})(?:[\s,]+\d{5}(?:-\d{4})?)?" + COUNTRY, re.IGNORECASE)


@dataclass(frozen=True)
class Place:
    """Where a postcode lies: post towns and counties, the largest part first.

    Of a Canadian one only its first three characters are known, and no town.
    """

    postcode: str
    state: str = ""
    cities: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()

    def __str__(self) -> str:
        town = self.cities[0] if self.cities else ""
        return f"{town}, {self.state} {self.postcode}" if town else self.postcode

    def __contains__(self, city: str) -> bool:
        return city.casefold() in {known.casefold() for known in self.cities}


def postcode_in(text: str) -> str:
    """The postcode at the end of an address, as `43215` or `M5V`; empty for none."""
    found = AMERICAN.search(text) or CANADIAN.search(text)
    return found[1].upper() if found else ""


def place(postcode: str) -> Place | None:
    """Where a postcode lies, None for one we do not know."""
    if not postcode[:1].isdigit():
        return Place(postcode) if postcode else None
    lines = _lines()
    at = bisect_left(lines, postcode)
    found = lines[at] if at < len(lines) else ""
    return _place(found) if found.startswith(f"{postcode},") else None


def in_state(state: str) -> tuple[Place, ...]:
    """Every postcode of a state."""
    within = f",{state},"
    return tuple(_place(line) for line in _lines() if line[5:9] == within)


def places_named(text: str) -> tuple[Place, ...]:
    """The postcodes of a post town: of `Columbus, OH`, `12 Main Street, Columbus OH`, `Columbus`.

    Without a state they may lie in several.
    """
    within = IN_STATE.match(text.strip())
    name, state = (within[1], within[2].upper()) if within else (text, "")
    words = re.split(r"[\s,]+", name.casefold().strip())
    # the longest name that ends it: "new york" before "york"
    for first in range(len(words)):
        lines = _by_city().get(" ".join(words[first:]), [])
        found = [at for at in lines if not state or _lines()[at].split(",", 2)[1] == state]
        if found:
            return tuple(_place(_lines()[at]) for at in found)
    return ()


def share(covers: Covers, where: Place) -> bool:
    """Whether somebody who lives there may get their licence from who covers this."""
    if any(where.postcode.startswith(start) for start in covers.postcodes):
        return True
    if not covers.state or covers.state != where.state:
        return False
    if not covers.counties and not covers.cities:
        return True
    return any(county in covers.counties for county in where.counties) or any(
        city in where for city in covers.cities
    )


def wholly(covers: Covers, where: Place) -> bool:
    """Whether everybody who lives there gets it there, as far as the table can say."""
    if not share(covers, where):
        return False
    if covers.counties and not covers.cities:
        return all(county in covers.counties for county in where.counties)
    return True


def _place(line: str) -> Place:
    postcode, state, cities, counties = line.split(",")
    return Place(
        postcode, state, tuple(cities.split(";")), tuple(filter(None, counties.split(";")))
    )


@cache
def _lines() -> list[str]:
    text = gzip.decompress(FILE.read_bytes()).decode()
    return [line for line in text.splitlines() if not line.startswith("#")]


@cache
def _by_city() -> dict[str, list[int]]:
    found: dict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(_lines()):
        for city in line.split(",", 3)[2].split(";"):
            found[city.casefold()].append(at)
    return dict(found)
