"""A text fitted into the room there is for it."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import pairwise
from math import floor

import numpy as np

from pet_app.builder import library
from pet_app.builder.lettering import clean
from pet_app.builder.lettering.clean import Fault, clusters, tidy
from pet_app.builder.lettering.written import Shape, measure, write
from pet_app.builder.rules import Method

QUOTED = 40
"""So many characters of a line are quoted."""

STEP_MM = 0.1
"""Heights of capitals are whole steps of this."""


@dataclass(frozen=True)
class Room:
    """Where a text may stand. `capital_mm` is how high its capitals are if nothing is in the way,
    `height_mm` what all its lines may take, and `length_mm(low, high)` how long ink may be between
    two heights above the middle of the room."""

    capital_mm: float
    height_mm: float
    length_mm: Callable[[float, float], float]
    lines: int = 1


@dataclass(frozen=True, eq=False)
class Laid:
    """A text in its room: the lines as read, and how far each one's foot is above the middle."""

    lines: tuple[str, ...]
    method: Method
    capital_mm: float
    length_mm: float
    feet_mm: tuple[float, ...]

    def shapes(self) -> tuple[Shape, ...]:
        """The outlines of all letters in mm, each line's ink centred on x = 0."""
        spacing = _rules(self.method)["spacing"]
        drawn: list[Shape] = []
        for line, foot in zip(self.lines, self.feet_mm, strict=True):
            written = write(line, spacing, self.capital_mm)
            left = -written.length * self.capital_mm / 2
            drawn += [shape.scaled(self.capital_mm, left, foot) for shape in written.shapes]
        return tuple(drawn)


def box(length_mm: float, height_mm: float, capital_mm: float, lines: int = 1) -> Room:
    """A room with straight sides."""
    return Room(capital_mm, height_mm, lambda _low, _high: length_mm, lines)


def lay(text: str, method: Method, room: Room) -> Laid | Fault:
    """The text as large as its room and the method let it be, or why it cannot be made and the
    nearest that can."""
    if not tidy(text):
        return Fault("There is nothing in this text that can be seen.")
    if wrong := clean.fault(text, room.lines):
        if wrong.nearest is None:
            return wrong
        closest = lay(wrong.nearest, method, room)
        return Fault(wrong.reason, wrong.nearest if isinstance(closest, Laid) else closest.nearest)
    lines = tidy(text)
    rules = _rules(method)
    most = _floor(min(room.capital_mm, rules["most_mm"]))
    capital = _largest(lines, method, room, most)
    if capital < rules["least_mm"]:
        return _too_long(lines, method, room, capital)
    feet, _ = _feet(lines, method, capital)
    length = max(measure(line, rules["spacing"]).length for line in lines) * capital
    return Laid(lines, method, capital, length, feet)


def _largest(lines: tuple[str, ...], method: Method, room: Room, most_mm: float) -> float:
    """The highest capitals, in whole steps up to `most_mm`, with which the lines fit."""
    low, high = 0, round(most_mm / STEP_MM)
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (
            (middle, high) if _fits(lines, method, room, middle * STEP_MM) else (low, middle - 1)
        )
    return round(low * STEP_MM, 3)


def _fits(lines: tuple[str, ...], method: Method, room: Room, capital: float) -> bool:
    feet, height = _feet(lines, method, capital)
    if height > room.height_mm:
        return False
    spacing = _rules(method)["spacing"]
    for line, foot in zip(lines, feet, strict=True):
        ink = measure(line, spacing)
        space = room.length_mm(foot + ink.low * capital, foot + ink.high * capital)
        if ink.length * capital > space:
            return False
    return True


def _feet(
    lines: tuple[str, ...], method: Method, capital: float
) -> tuple[tuple[float, ...], float]:
    """Where each line stands above the middle of the room, and how high they are together.

    One line has its capitals in the middle, unless its ink reaches so far to one side that the ink
    itself has to be.
    """
    spacing = _rules(method)["spacing"]
    gap = library.table("lettering")["text"]["line_gap"]
    inks = [measure(line, spacing) for line in lines]
    feet = [0.0]
    for above, below in pairwise(inks):
        pitch = max(1 + gap, below.high - above.low + 0.25)
        feet.append(feet[-1] - pitch)
    top, bottom = max(inks[0].high, 1.0), feet[-1] + min(inks[-1].low, 0.0)
    plain = (1.0 + feet[-1]) / 2
    middle = (top + bottom) / 2
    # Half-way between even ink and even capitals looks centred to the eye.
    centre = (plain + middle) / 2
    height = 2 * max(top - centre, centre - bottom)
    return tuple((foot - centre) * capital for foot in feet), height * capital


def _too_long(lines: tuple[str, ...], method: Method, room: Room, capital: float) -> Fault:
    """The refusal of a text that does not fit even in the smallest capitals."""
    rules = _rules(method)
    least = rules["least_mm"]
    feet, height = _feet(lines, method, least)
    wanted = max(lines, key=lambda line: measure(line, rules["spacing"]).length)
    if height > room.height_mm:
        reason = (
            f"{'This line' if len(lines) == 1 else f'These {len(lines)} lines'} would be "
            f"{height:.0f} mm high in capitals of {least:g} mm, the smallest that can be "
            f"{rules['name']}, and there is room for {floor(room.height_mm)} mm."
        )
    else:
        ink = measure(wanted, rules["spacing"])
        foot = feet[lines.index(wanted)]
        space = room.length_mm(foot + ink.low * least, foot + ink.high * least)
        reason = (
            f"“{_short(wanted)}” would be {ink.length * least:.0f} mm long in capitals of "
            f"{least:g} mm, the smallest that can be {rules['name']}, and there is room for "
            f"{floor(space)} mm."
        )
    if capital > 0:
        reason = f"{reason} It would need capitals of {capital:g} mm."
    return Fault(reason, _shortened(lines, method, room))


def _short(line: str) -> str:
    """A line as a reason quotes it."""
    return line if len(line) <= QUOTED else f"{line[: QUOTED - 1].rstrip()}…"


def _shortened(lines: tuple[str, ...], method: Method, room: Room) -> str | None:
    """The beginning of the text that fits: fewer lines, then fewer words, then fewer letters."""
    for kept in range(len(lines) - 1, 0, -1):
        if _makeable("\n".join(lines[:kept]), method, room):
            return "\n".join(lines[:kept])
    words = lines[0].split(" ")
    return _longest(words, " ", method, room) or _longest(clusters(words[0]), "", method, room)


def _longest(parts: list[str], glue: str, method: Method, room: Room) -> str | None:
    """The most parts from the beginning on, though not all, that can be made together."""
    low, high = 0, len(parts) - 1
    while low < high:
        middle = (low + high + 1) // 2
        fits = _makeable(glue.join(parts[:middle]), method, room)
        low, high = (middle, high) if fits else (low, middle - 1)
    text = glue.join(parts[:low])
    return text if text and _makeable(text, method, room) else None


def _makeable(text: str, method: Method, room: Room) -> bool:
    if clean.fault(text, room.lines):
        return False
    most = _floor(min(room.capital_mm, _rules(method)["most_mm"]))
    return _largest(tidy(text), method, room, most) >= _rules(method)["least_mm"]


def _floor(height_mm: float) -> float:
    return float(np.floor(height_mm / STEP_MM + 1e-6) * STEP_MM)


def _rules(method: Method) -> dict[str, float]:
    return library.table("lettering")["method"][method.value]
