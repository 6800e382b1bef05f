"""Lengths and weights as people type and read them; inside they are millimetres and grams."""

import math
from enum import StrEnum


class Units(StrEnum):
    """How an owner measures: centimetres and kilograms, or inches and pounds."""

    CM = "cm"
    IN = "in"

    @property
    def weight(self) -> str:
        return "kg" if self is Units.CM else "lb"


MM_IN = {Units.CM: 10.0, Units.IN: 25.4}
GRAMS_IN = {Units.CM: 1000.0, Units.IN: 453.59237}
MOST_TYPED = 1_000_000.0
MOST_PLACES = 4


def read_number(text: str) -> float:
    """A number as people write it: `36.5`, `36,5` or `14 1/2`.

    Raises `ValueError` with a sentence for the visitor.
    """
    words = text.strip().replace(",", ".").split()
    if not words:
        raise ValueError("Enter a number.")
    try:
        number = math.fsum(_word(word) for word in words[:2])
    except (ValueError, ZeroDivisionError):
        raise ValueError("Enter a number, such as 36.5.") from None
    if len(words) > 2 or (len(words) == 2 and "/" not in words[1]):
        raise ValueError("Enter one number, such as 36.5.")
    if not abs(number) <= MOST_TYPED:
        raise ValueError("That number is far too large.")
    return number


def to_mm(number: float, units: Units) -> int:
    """Millimetres, to the nearest, of a length in centimetres or inches."""
    return round(number * MM_IN[units])


def to_grams(number: float, units: Units) -> int:
    """Grams, to the nearest, of a weight in kilograms or pounds."""
    return round(number * GRAMS_IN[units])


def shown_length(length_mm: int, units: Units) -> str:
    """As an owner would write it, to the millimetre: `36.5`, without a unit."""
    return _shortest(length_mm, MM_IN[units])


def shown_weight(weight_g: int, units: Units) -> str:
    """As an owner would write it: `12.45`, without a unit."""
    return _shortest(weight_g, GRAMS_IN[units])


def at_a_glance(stored: int, unit: float) -> str:
    """To one decimal, for reading and not for typing again: `63.9`."""
    return f"{stored / unit:.1f}".removesuffix(".0")


def _shortest(stored: int, unit: float) -> str:
    """The shortest number in this unit that reads back as what is stored: 14.5 stays 14.5."""
    texts = (f"{stored / unit:.{places}f}" for places in range(MOST_PLACES))
    exact = (text for text in texts if round(float(text) * unit) == stored)
    return next(exact, f"{stored / unit:.{MOST_PLACES}f}")


def _word(word: str) -> float:
    above, slash, below = word.partition("/")
    # `float` alone would also take `1e9`, `nan`, `1_0` and digits of other scripts.
    if not all(part.replace(".", "", 1).lstrip("+-").isascii() for part in (above, below or "1")):
        raise ValueError
    if not above.lstrip("+-").replace(".", "", 1).isdecimal():
        raise ValueError
    if slash and not below.isdecimal():
        raise ValueError
    return float(above) / float(below) if slash else float(above)
