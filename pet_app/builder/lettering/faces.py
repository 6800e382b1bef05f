"""The fonts that texts are set in: which characters they have, and the outlines of their glyphs."""
# pyright: reportAttributeAccessIssue=false
# The library's names come out of a compiled module.

from dataclasses import dataclass, field
from functools import cache, lru_cache
from math import ceil, hypot, sqrt

import uharfbuzz

from pet_app.builder import library
from pet_app.core.ink import FONTS

JOINING = ("Arab",)
"""Scripts whose letters join, so that none may be moved away from its neighbour."""

Point = tuple[float, float]


@dataclass(frozen=True, eq=False)
class Face:
    """A font file. `capital` is the height of an H in its units: all else is measured in that."""

    name: str
    font: uharfbuzz.Font
    characters: frozenset[int]
    capital: float

    def has(self, text: str) -> bool:
        return all(ord(character) in self.characters for character in text)


@cache
def faces() -> tuple[Face, ...]:
    """Every font, in the order in which they are asked."""
    return tuple(_read(row["file"], row["capital"]) for row in library.table("lettering")["fonts"])


def covered(text: str) -> bool:
    """Whether some one font has all of these characters."""
    return any(face.has(text) for face in faces())


def _read(name: str, capital: float) -> Face:
    blob = uharfbuzz.Blob.from_file_path(str(FONTS / f"{name}.ttf"))
    face = uharfbuzz.Face(blob)
    return Face(name, uharfbuzz.Font(face), frozenset(face.unicodes), capital)


@dataclass(frozen=True)
class Glyph:
    """A glyph in its place, in heights of a capital: how far right and up of the pen it is drawn,
    and how far the pen goes on."""

    number: int
    right: float
    up: float
    advance: float


def shaped(face: Face, text: str, leftward: bool) -> tuple[list[Glyph], bool]:
    """The glyphs of a stretch of text from left to right, and whether its letters join."""
    buffer = uharfbuzz.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "rtl" if leftward else "ltr"
    uharfbuzz.shape(face.font, buffer)
    size = face.capital
    glyphs = [
        Glyph(info.codepoint, at.x_offset / size, at.y_offset / size, at.x_advance / size)
        for info, at in zip(buffer.glyph_infos, buffer.glyph_positions, strict=True)
    ]
    return glyphs, buffer.script in JOINING


@lru_cache(maxsize=2048)
def outlines(face: Face, glyph: int, tolerance: float) -> tuple[tuple[Point, ...], ...]:
    """The closed outlines of a glyph in units of the font, its curves as lines that stray from
    them by no more than `tolerance` units."""
    pen = _Pen(tolerance)
    face.font.draw_glyph_with_pen(glyph, pen)
    return tuple(tuple(contour) for contour in pen.contours if len(contour) > 2)


@dataclass
class _Pen:
    """Takes a glyph's outline and flattens it."""

    tolerance: float
    contours: list[list[Point]] = field(default_factory=list)

    def moveTo(self, to: Point) -> None:  # noqa: N802 - the names that HarfBuzz calls
        self.contours.append([to])

    def lineTo(self, to: Point) -> None:  # noqa: N802
        if to != self.contours[-1][-1]:
            self.contours[-1].append(to)

    def qCurveTo(self, bend: Point, to: Point) -> None:  # noqa: N802
        (x0, y0), (x1, y1), (x2, y2) = self.contours[-1][-1], bend, to
        stray = hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2) / 4
        steps = max(1, ceil(sqrt(stray / self.tolerance)))
        for step in range(1, steps + 1):
            t = step / steps
            a, b, c = (1 - t) ** 2, 2 * t * (1 - t), t * t
            self.lineTo((a * x0 + b * x1 + c * x2, a * y0 + b * y1 + c * y2))

    def curveTo(self, first: Point, second: Point, to: Point) -> None:  # noqa: N802
        (x0, y0), (x1, y1), (x2, y2), (x3, y3) = self.contours[-1][-1], first, second, to
        stray = max(
            hypot(x0 - 2 * x1 + x2, y0 - 2 * y1 + y2), hypot(x1 - 2 * x2 + x3, y1 - 2 * y2 + y3)
        )
        steps = max(1, ceil(sqrt(0.75 * stray / self.tolerance)))
        for step in range(1, steps + 1):
            t = step / steps
            a, b, c, d = (1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3
            self.lineTo((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))

    def closePath(self) -> None:  # noqa: N802
        contour = self.contours[-1]
        if len(contour) > 1 and contour[0] == contour[-1]:
            contour.pop()
