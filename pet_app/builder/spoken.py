"""Sentences in the visitor's own units: they are written in millimetres and kilograms."""

import re
from collections.abc import Callable
from math import floor

from pet_app.core.measures import GRAMS_IN, MM_IN, Units, at_a_glance

NUMBER = r"\d+(?:\.\d+)?"
MEASURES = re.compile(rf"(?<![\w.])((?:{NUMBER}(?:, | to | or | and ))*{NUMBER}) (mm|kg)\b")
QUOTED = re.compile("(“[^”]*”)")
SMALL_MM = 100
"""Below this, lengths stay in millimetres for who measures in centimetres: webbing is sold so."""


def in_units(sentence: str, units: Units) -> str:
    """A sentence with its lengths and weights in these units: `640 mm` as `64 cm` or `25.2 in`.

    Numbers joined by commas, `to`, `or` and `and` share the unit of the last. What stands in
    quotation marks is somebody's own text, and stays.
    """
    parts = QUOTED.split(sentence)
    parts[::2] = [
        MEASURES.sub(lambda found: _converted(found[1], found[2], units), part)
        for part in parts[::2]
    ]
    return "".join(parts)


def _converted(numbers: str, unit: str, units: Units) -> str:
    values = [float(number) for number in re.findall(NUMBER, numbers)]
    if unit == "kg":
        return numbers + " kg" if units is Units.CM else _weights(numbers)
    if units is Units.CM:
        if max(values) < SMALL_MM:
            return f"{numbers} mm"
        return _each(numbers, lambda mm: at_a_glance(round(mm), MM_IN[units])) + " cm"
    return _each(numbers, _inches) + " in"


def _weights(numbers: str) -> str:
    return _each(numbers, lambda kg: f"{kg * 1000 / GRAMS_IN[Units.IN]:.1f}") + " lb"


def _each(numbers: str, change: Callable[[float], str]) -> str:
    return re.sub(NUMBER, lambda found: change(float(found[0])), numbers)


def _inches(mm: float) -> str:
    """Long lengths to a tenth, short ones as on a ruler: `3/4`, `1 1/4`."""
    if mm >= SMALL_MM:
        return f"{mm / MM_IN[Units.IN]:.1f}".removesuffix(".0")
    eighths = floor(mm / MM_IN[Units.IN] * 8 + 0.5)
    whole, part = divmod(eighths, 8)
    below = 8
    while part and part % 2 == 0:
        part, below = part // 2, below // 2
    fraction = f"{part}/{below}" if part else ""
    if not eighths:
        return "0" if mm == 0 else "under 1/8"
    return " ".join(word for word in (str(whole) if whole else "", fraction) if word)
