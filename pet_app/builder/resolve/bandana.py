"""A bandana worked out: a triangle of cloth, hemmed, long enough to be tied at the nape."""

from dataclasses import dataclass, replace
from math import atan2, ceil, cos, hypot, pi, sin

from pet_app.builder import lettering, library
from pet_app.builder.courses import Courses
from pet_app.builder.design import Design
from pet_app.builder.lettering import Room
from pet_app.builder.resolve.letters import letters
from pet_app.builder.resolve.made import Making, Panel, Seam
from pet_app.builder.rules import Material

SHEETS = {Material.COTTON: "bandana_cotton", Material.HEMP: "bandana_hemp"}


@dataclass(frozen=True)
class Flat:
    """The finished triangle in mm: its long edge lies on y = 0 and its point at (0, -deep).

    `neck_mm` of the long edge's middle goes round the neck; `inner_mm` is that on the coat.
    """

    long_mm: float
    deep_mm: float
    neck_mm: float
    inner_mm: int
    hem_mm: float
    thickness_mm: float

    def deep_at(self, x: float) -> float:
        """How far the cloth reaches down at a place along its long edge."""
        return self.deep_mm * max(0.0, 1 - 2 * abs(x) / self.long_mm)

    @property
    def leg_mm(self) -> float:
        return hypot(self.long_mm / 2, self.deep_mm)


def work_out(design: Design) -> Making:
    options, cloth = design.options, flat(design)
    row = library.table("materials")["sheet"][SHEETS[design.look.material]]
    outline = cut_line(cloth)
    panel = Panel(
        name="bandana",
        title=f"Bandana, {cloth.long_mm:.0f} × {cloth.deep_mm:.0f} mm finished",
        sku=row["sku"],
        material=row["name"],
        thickness_mm=cloth.thickness_mm,
        outline_mm=outline,
        fold_mm=cloth.hem_mm,
        area_mm2=area(outline),
    )
    texts = ()
    if lettering.tidy(options.text):
        laid = lettering.lay(options.text, options.method, room(design))
        written = letters("bandana", "bandana", 0.0, laid)
        middle = _text_middle_mm(cloth)
        texts = (replace(written, feet_mm=tuple(foot + middle for foot in written.feet_mm)),)
    hem = Seam("hem", "line", round(cloth.long_mm + 2 * cloth.leg_mm, 1))
    return Making(laid=Courses(), panels=(panel,), seams=(hem,), letterings=texts)


def flat(design: Design) -> Flat:
    """The finished triangle for the design's neck."""
    table, measured = library.table("bandana"), design.measurements.neck_mm
    inner = measured + library.ease("collar").of(measured)
    thick = table["thickness_mm"]
    neck = inner + pi * thick
    tie = _between(table["tie"], neck)
    return Flat(
        long_mm=ceil(neck + 2 * tie),
        deep_mm=ceil(table["deep_share"] * neck),
        neck_mm=neck,
        inner_mm=inner,
        hem_mm=round(_between(table["hem"], neck)),
        thickness_mm=thick,
    )


def room(design: Design) -> Room:
    """Where a text may stand on the design's bandana: in front, above its point."""
    rules, cloth = library.table("bandana")["text"], flat(design)
    middle, clear = _text_middle_mm(cloth), cloth.hem_mm + rules["clear_mm"]
    aside = clear / (cloth.deep_mm / cloth.leg_mm)

    def length_mm(low: float, high: float) -> float:
        if high + middle > -clear or low + middle < clear - cloth.deep_mm:
            return 0.0
        half = cloth.long_mm / 2 * (1 + (low + middle) / cloth.deep_mm) - aside
        return max(0.0, min(2 * half, rules["front"] * cloth.neck_mm))

    lines = library.table("lettering")["text"]["lines"]["bandana"]
    return Room(rules["capital"] * cloth.deep_mm, 0.4 * cloth.deep_mm, length_mm, lines)


def cut_line(cloth: Flat) -> tuple[tuple[float, float], ...]:
    """The triangle with its hem, its sharp ends cut off where the hem's folds would lie double."""
    corners = [(-cloth.long_mm / 2, 0.0), (0.0, -cloth.deep_mm), (cloth.long_mm / 2, 0.0)]
    points: list[tuple[float, float]] = []
    for place, (x, y) in enumerate(corners):
        before, after = corners[place - 1], corners[(place + 1) % 3]
        into = atan2(y - before[1], x - before[0])
        away = atan2(after[1] - y, after[0] - x)
        turn = (away - into) % (2 * pi)
        point = (into + turn / 2) - pi / 2
        # Square to the corner's bisector, a hem's width from it, between the two hems' own lines.
        reach = cloth.hem_mm * (1 - cos(turn / 2)) / sin(turn / 2)
        points += [
            (
                round(x + cloth.hem_mm * cos(point) - sign * reach * sin(point), 3),
                round(y + cloth.hem_mm * sin(point) + sign * reach * cos(point), 3),
            )
            for sign in (-1, 1)
        ]
    return tuple(points)


def area(outline: tuple[tuple[float, float], ...]) -> float:
    """The area in mm² inside an outline, counter-clockwise."""
    after = (*outline[1:], outline[0])
    return sum(a * d - b * c for (a, b), (c, d) in zip(outline, after, strict=True)) / 2


def _text_middle_mm(cloth: Flat) -> float:
    return -library.table("bandana")["text"]["down"] * cloth.deep_mm


def _between(rule: dict[str, float], length_mm: float) -> float:
    return min(max(rule["share"] * length_mm, rule["least_mm"]), rule["most_mm"])
