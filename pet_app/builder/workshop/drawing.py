"""Line drawings in millimetres, made once and put on a page, into an SVG file, or both."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from html import escape
from math import cos, pi, sin
from typing import Any

from pet_app.core.ink import INK, LINE, SOFT, printable

__all__ = [
    "ACCENT",
    "INK",
    "LINE",
    "PAPER",
    "SOFT",
    "Drawing",
    "Label",
    "Path",
    "Point",
    "circle",
    "rounded",
]

Point = tuple[float, float]

ACCENT = "#c8482c"
PAPER = "#ffffff"


@dataclass(frozen=True)
class Path:
    """A line or an area; several rings are one area with holes, by the even-odd rule."""

    rings: tuple[tuple[Point, ...], ...]
    closed: bool
    stroke: str | None
    width: float
    fill: str | None
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Label:
    """A word beside a line. `size` is in points, `at` where its foot begins, ends or is centred."""

    at: Point
    text: str
    size: float
    anchor: str
    colour: str
    bold: bool
    turn: float


@dataclass
class Drawing:
    """Shapes on a sheet `width` × `height` mm, y downwards, in the order they are drawn."""

    width: float
    height: float
    shapes: list[Path | Label] = field(default_factory=list)

    def line(
        self,
        points: Iterable[Point],
        stroke: str = INK,
        width: float = 0.25,
        dash: tuple[float, ...] = (),
    ) -> None:
        self.shapes.append(Path((tuple(points),), False, stroke, width, None, dash))

    def area(
        self,
        *rings: Iterable[Point],
        fill: str | None = None,
        stroke: str | None = INK,
        width: float = 0.25,
        dash: tuple[float, ...] = (),
    ) -> None:
        closed = tuple(tuple(ring) for ring in rings)
        self.shapes.append(Path(closed, True, stroke, width, fill, dash))

    def box(self, x: float, y: float, wide: float, high: float, **look: Any) -> None:
        corners = ((x, y), (x + wide, y), (x + wide, y + high), (x, y + high))
        self.area(corners, **look)

    def circle(self, at: Point, radius: float, **look: Any) -> None:
        self.area(circle(at, radius), **look)

    def label(
        self,
        at: Point,
        text: str,
        size: float = 7.0,
        anchor: str = "start",
        colour: str = INK,
        bold: bool = False,
        turn: float = 0.0,
    ) -> None:
        """`anchor` is `start`, `middle` or `end`; `turn` degrees counter-clockwise about `at`."""
        self.shapes.append(Label(at, text, size, anchor, colour, bold, turn))

    def put(self, other: "Drawing", x: float, y: float) -> None:
        """Another drawing, moved."""
        for shape in other.shapes:
            if isinstance(shape, Label):
                at = (shape.at[0] + x, shape.at[1] + y)
                self.shapes.append(replace(shape, at=at))
            else:
                rings = tuple(tuple((px + x, py + y) for px, py in ring) for ring in shape.rings)
                self.shapes.append(replace(shape, rings=rings))

    def scaled(self, by: float) -> "Drawing":
        """The drawing larger or smaller; lines and type stay as they are."""
        smaller = Drawing(self.width * by, self.height * by)
        for shape in self.shapes:
            if isinstance(shape, Label):
                smaller.shapes.append(replace(shape, at=(shape.at[0] * by, shape.at[1] * by)))
            else:
                rings = tuple(tuple((x * by, y * by) for x, y in ring) for ring in shape.rings)
                smaller.shapes.append(replace(shape, rings=rings))
        return smaller

    def svg(self, title: str) -> str:
        """The drawing as an SVG file at its true size."""
        body = "\n".join(_svg_of(shape) for shape in self.shapes)
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" width="{self.width:g}mm" '
            f'height="{self.height:g}mm" viewBox="0 0 {self.width:g} {self.height:g}">\n'
            f"<title>{escape(printable(title))}</title>\n{body}\n</svg>\n"
        )


def circle(at: Point, radius: float, count: int = 48) -> list[Point]:
    """The corners of a many-sided circle."""
    turns = (2 * pi * step / count for step in range(count))
    return [(at[0] + radius * cos(turn), at[1] + radius * sin(turn)) for turn in turns]


def rounded(x: float, y: float, width: float, height: float, radius: float) -> list[Point]:
    """The outline of a box with round corners."""
    radius = min(radius, width / 2, height / 2)
    centres = (
        (x + width - radius, y + height - radius, 0.0),
        (x + radius, y + height - radius, pi / 2),
        (x + radius, y + radius, pi),
        (x + width - radius, y + radius, 3 * pi / 2),
    )
    return [
        (cx + radius * cos(first + step * pi / 12), cy + radius * sin(first + step * pi / 12))
        for cx, cy, first in centres
        for step in range(7)
    ]


def _svg_of(shape: Path | Label) -> str:
    if isinstance(shape, Label):
        x, y = shape.at
        turned = f' transform="rotate({-shape.turn:g} {x:.3f} {y:.3f})"' if shape.turn else ""
        weight = ' font-weight="600"' if shape.bold else ""
        return (
            f'<text x="{x:.3f}" y="{y:.3f}" font-family="Instrument Sans, sans-serif" '
            f'font-size="{shape.size * 25.4 / 72:.3f}" text-anchor="{shape.anchor}" '
            f'fill="{shape.colour}"{weight}{turned}>{escape(printable(shape.text))}</text>'
        )
    ways = []
    for ring in shape.rings:
        points = " L".join(f"{x:.3f} {y:.3f}" for x, y in ring)
        ways.append(f"M{points}{' Z' if shape.closed else ''}")
    dash = f' stroke-dasharray="{" ".join(f"{d:g}" for d in shape.dash)}"' if shape.dash else ""
    return (
        f'<path d="{" ".join(ways)}" fill="{shape.fill or "none"}" fill-rule="evenodd" '
        f'stroke="{shape.stroke or "none"}" stroke-width="{shape.width:g}" '
        f'stroke-linejoin="round" stroke-linecap="round"{dash}/>'
    )
