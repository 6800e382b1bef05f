"""A line of text as it is drawn: shaped, put in order from left to right, and cut out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from unicodedata import combining

import numpy as np

from pet_app.builder.lettering import clipped
from pet_app.builder.lettering.faces import Face, Glyph, faces, outlines, shaped
from pet_app.builder.lettering.order import stretches

STRAY_MM = 0.05
"""How far a flattened curve may lie from the true one, and at most this share of a capital:"""
STRAY_SHARE = 0.012

GRID = 1 << 20
"""Steps in a capital's height while outlines are joined."""

CLEAN = 0.002 * GRID
"""Points nearer than this to each other or to the line between their neighbours say nothing."""


@dataclass(frozen=True, eq=False)
class Shape:
    """One connected piece: an outline, counter-clockwise, and the holes in it, clockwise.

    float64 (n, 2): x along the line, y up from where letters stand.
    """

    outline: np.ndarray
    holes: tuple[np.ndarray, ...]

    def scaled(self, factor: float, right: float = 0.0, up: float = 0.0) -> "Shape":
        shift = np.array([right, up])
        return Shape(
            self.outline * factor + shift, tuple(hole * factor + shift for hole in self.holes)
        )

    @property
    def rings(self) -> tuple[np.ndarray, ...]:
        return (self.outline, *self.holes)


@dataclass(frozen=True, eq=False)
class Written:
    """A line in heights of a capital: its ink begins at x = 0, is `length` long and reaches from
    `low` to `high`."""

    shapes: tuple[Shape, ...]
    length: float
    low: float
    high: float


@lru_cache(maxsize=512)
def write(line: str, spacing: float, capital_mm: float) -> Written:
    """A line whose characters the fonts have; `capital_mm` decides how finely curves are cut."""
    stray = min(STRAY_MM / capital_mm, STRAY_SHARE)
    rings: list[np.ndarray] = []
    pen = 0.0
    for text, leftward in stretches(line):
        parts = _by_face(text)
        for face, part in reversed(parts) if leftward else parts:
            pen = _set(rings, pen, face, part, leftward, spacing, stray)
    if not rings:
        return Written((), 0.0, 0.0, 0.0)
    every = np.concatenate(rings)
    (left, low), (right, high) = every.min(axis=0), every.max(axis=0)
    shapes = tuple(shape.scaled(1.0, right=-left) for shape in _joined(rings))
    return Written(shapes, float(right - left), float(low), float(high))


def measure(line: str, spacing: float) -> Written:
    """The line for its measures alone: the same for every height."""
    return write(line, spacing, 1.0)


def _by_face(text: str) -> list[tuple[Face, str]]:
    """The text cut into the longest stretches that one font has, marks kept on their letters."""
    parts: list[tuple[Face, str]] = []
    for cluster in clusters(text):
        if parts and parts[-1][0].has(cluster):
            parts[-1] = (parts[-1][0], parts[-1][1] + cluster)
            continue
        face = next(face for face in faces() if face.has(cluster))
        parts.append((face, cluster))
    return parts


def clusters(text: str) -> list[str]:
    """Letters with the marks on them, and joiners with the letter before."""
    found: list[str] = []
    for character in text:
        if found and (combining(character) or character == "\u200c"):
            found[-1] += character
        else:
            found.append(character)
    return found


def _set(
    rings: list[np.ndarray],
    pen: float,
    face: Face,
    text: str,
    leftward: bool,
    spacing: float,
    stray: float,
) -> float:
    """Set a stretch of one font, from where the pen is, and say where it is then."""
    glyphs, joins = shaped(face, text, leftward)
    extra = 0.0 if joins else spacing
    for glyph in glyphs:
        rings += _drawn(face, glyph, pen, stray)
        if glyph.advance:
            pen += glyph.advance + extra
    return pen


def _drawn(face: Face, glyph: Glyph, pen: float, stray: float) -> list[np.ndarray]:
    start = np.array([glyph.right + pen, glyph.up])
    found = outlines(face, glyph.number, stray * face.capital)
    return [np.array(ring) / face.capital + start for ring in found]


def _joined(rings: Sequence[np.ndarray]) -> list[Shape]:
    """What the rings cover together, as connected pieces."""
    whole = [np.rint(ring * GRID).astype(np.int64) for ring in rings]
    pieces = [[ring / GRID for ring in piece] for piece in clipped.joined(whole, CLEAN)]
    return [Shape(outline, tuple(holes)) for outline, *holes in pieces]
