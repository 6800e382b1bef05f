"""What a pet's name and measurements may be, and what makes us ask to measure again."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

LONGEST_NAME = 40
LONGEST_BREED = 60
LONGEST_COLOURS = 60
OLDEST_YEARS = 40

CHIP_DIGITS = 15
TEST_CODE = 999
OLD_CHIP = re.compile(r"[0-9A-Z]{9,10}")

LENGTHS = ("neck_mm", "girth_mm", "back_mm")
CALLED = {
    "neck_mm": "The neck",
    "girth_mm": "The chest",
    "back_mm": "The back",
    "weight_g": "The weight",
}

LEAST_BACK = 0.4
MOST_BACK = 2.0
"""Back length over chest girth: a bulldog is near 0.6, a long dachshund near 1.1."""

BODY_KG_PER_M3 = 90.0
"""Weight over girth² times back length: a trunk of water, and a little for the rest."""
ODD_BY = 2.0


class Species(StrEnum):
    DOG = "dog"
    CAT = "cat"


@dataclass(frozen=True)
class Measured:
    """A pet's body: lengths in millimetres, weight in grams."""

    neck_mm: int
    girth_mm: int
    back_mm: int
    weight_g: int


class Sex(StrEnum):
    FEMALE = "female"
    MALE = "male"


@dataclass(frozen=True)
class More:
    """What else an owner may tell of a pet; what they have not told is empty or None.

    `altered` is spayed or neutered; `microchip` the fifteen digits of ISO 11784, or the nine or
    ten signs of an older one.
    """

    sex: Sex | None = None
    altered: bool | None = None
    born: date | None = None
    colours: str = ""
    microchip: str = ""


@dataclass(frozen=True)
class PetFacts:
    """Everything an owner tells us of a pet. `breed` is free text and may be empty.

    `more` is None where nothing is said of it: then what was told before stays.
    """

    name: str
    species: Species
    breed: str
    body: Measured
    more: More | None = None


SPANS: dict[Species, dict[str, tuple[int, int]]] = {
    Species.DOG: {
        "neck_mm": (100, 1000),
        "girth_mm": (180, 1400),
        "back_mm": (120, 1300),
        "weight_g": (500, 120_000),
    },
    Species.CAT: {
        "neck_mm": (90, 450),
        "girth_mm": (160, 800),
        "back_mm": (120, 750),
        "weight_g": (400, 20_000),
    },
}
"""The least and the most we believe, wider than any animal we know of in each direction."""


def clean_text(text: str) -> str:
    """The text with tidy spaces and without invisible characters."""
    plain = unicodedata.normalize("NFC", text)
    kept = (c for c in plain if c.isspace() or unicodedata.category(c)[0] != "C")
    return " ".join("".join(kept).split())


def faults_in(facts: PetFacts) -> dict[str, str]:
    """By field, a sentence saying why it cannot be right; empty when everything can."""
    faults: dict[str, str] = {}
    if not facts.name:
        faults["name"] = "What is your pet called?"
    elif len(facts.name) > LONGEST_NAME:
        faults["name"] = f"Use {LONGEST_NAME} characters or fewer."
    if len(facts.breed) > LONGEST_BREED:
        faults["breed"] = f"Use {LONGEST_BREED} characters or fewer."
    faults |= faults_in_body(facts.body, facts.species)
    return faults | (faults_in_more(facts.more) if facts.more else {})


def faults_in_more(more: More) -> dict[str, str]:
    """By field, a sentence saying why it cannot be right, as far as no calendar decides it."""
    faults: dict[str, str] = {}
    if len(more.colours) > LONGEST_COLOURS:
        faults["colours"] = f"Use {LONGEST_COLOURS} characters or fewer."
    if more.microchip and (fault := microchip_fault(more.microchip)):
        faults["microchip"] = fault
    return faults


def faults_in_birth(born: date, today: date) -> dict[str, str]:
    """Why nobody was born on that day; a day of leeway, since today is another day elsewhere."""
    if born > today + timedelta(days=1):
        return {"born": "This birth date is in the future."}
    if born.year < today.year - OLDEST_YEARS:
        return {"born": "No dog or cat we know of is as old as that."}
    return {}


def microchip_fault(number: str) -> str:
    """Why a tidy number can be on no microchip; empty when it can.

    ISO 11784 has fifteen digits: a country by ISO 3166 (below 900) or a maker's code (900 to 998;
    999 is for tests), then twelve of its own. Chips from before have nine or ten signs.
    """
    if OLD_CHIP.fullmatch(number):
        return ""
    if not number.isascii() or not number.isdigit() or len(number) != CHIP_DIGITS:
        return "A microchip has 15 digits; an older one has 9 or 10 letters and digits."
    code = int(number[:3])
    if code == TEST_CODE:
        return "Numbers that begin with 999 are for trying readers, not for pets."
    if code == 0 or not any(character != "0" for character in number[3:]):
        return "No microchip has this number. Read it once more."
    return ""


def tidy_microchip(text: str) -> str:
    """A number as it is kept: capital letters and digits alone."""
    return "".join(sign for sign in text.upper() if sign not in " -.\u00a0\t")


def faults_in_body(body: Measured, species: Species) -> dict[str, str]:
    """By field, a sentence saying why this measurement cannot be right."""
    faults = {
        field: fault
        for field, (least, most) in SPANS[species].items()
        if (fault := _out_of_span(field, getattr(body, field), least, most, species))
    }
    if not faults.keys() & {"neck_mm", "girth_mm"} and body.girth_mm <= body.neck_mm:
        faults["girth_mm"] = "The chest is wider than the neck. Were the two swapped?"
    if not faults.keys() & {"girth_mm", "back_mm"}:
        share = body.back_mm / body.girth_mm
        if not LEAST_BACK <= share <= MOST_BACK:
            size = "short" if share < LEAST_BACK else "long"
            faults["back_mm"] = (
                f"That back is too {size} for the chest. Measure from the neck to the tail's root."
            )
    return faults


def doubts_about(body: Measured) -> tuple[str, ...]:
    """What looks odd but may be true: sentences to show beside, never a reason to refuse."""
    expected_g = BODY_KG_PER_M3 * body.girth_mm**2 * body.back_mm / 1_000_000
    if body.weight_g > expected_g * ODD_BY:
        return ("That is heavy for this chest and back. Measure once more to be sure.",)
    if body.weight_g * ODD_BY < expected_g:
        return ("That is light for this chest and back. Measure once more to be sure.",)
    return ()


def _out_of_span(field: str, value: int, least: int, most: int, species: Species) -> str | None:
    if least <= value <= most:
        return None
    if value <= 0:
        return f"{CALLED[field]} must be more than zero."
    size = "small" if value < least else "large"
    return f"{CALLED[field]} looks too {size} for a {species}. Check the unit and the number."
