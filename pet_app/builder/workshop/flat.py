"""Every part laid flat at true size: what pattern pages, SVG and DXF all read."""

from dataclasses import dataclass

from pet_app.builder import library
from pet_app.builder.lettering.written import Written, write
from pet_app.builder.resolve import Lettering, Panel
from pet_app.builder.workshop.drawing import ACCENT, INK, SOFT, Drawing, Point
from pet_app.builder.workshop.sheet import Sheet, extent

GAP_MM = 6.0
FOLD_DASH = (2.0, 1.4)


@dataclass(frozen=True)
class Flat:
    """One part in mm, y upwards from its lower left corner: the cut line with its holes first.

    `folds` and `marks` are lines on it; `holes` round, as (middle, radius). `origin` is where the
    panel's own (0, 0) lies, from which its texts are placed.
    """

    name: str
    title: str
    width: float
    height: float
    rings: tuple[tuple[Point, ...], ...]
    folds: tuple[tuple[Point, ...], ...]
    marks: tuple[tuple[Point, ...], ...]
    holes: tuple[tuple[Point, float], ...]
    origin: Point = (0.0, 0.0)


def flats(sheet: Sheet) -> tuple[Flat, ...]:
    """All panels and straps of a piece."""
    panels = (_panel(panel) for panel in sheet.panels)
    return (*panels, *_straps(sheet))


def _panel(panel: Panel) -> Flat:
    left = min(x for x, _ in panel.outline_mm)
    low = min(y for _, y in panel.outline_mm)

    def moved(ring: tuple[Point, ...]) -> tuple[Point, ...]:
        return tuple((x - left, y - low) for x, y in ring)

    outline = moved(panel.outline_mm)
    width, height = extent(panel)
    folds = (_inset(outline, panel.fold_mm),) if panel.fold_mm else ()
    rings = (outline, *(moved(hole) for hole in panel.holes_mm))
    origin = (-left, -low)
    return Flat(panel.name, panel.title, width, height, rings, folds, (), (), origin)


def _inset(outline: tuple[Point, ...], by: float) -> tuple[Point, ...]:
    """The outline moved inwards, corner by corner; counter-clockwise, closed."""
    count = len(outline)
    moved = []
    for index, (x, y) in enumerate(outline):
        before, after = outline[index - 1], outline[(index + 1) % count]
        first = _unit(x - before[0], y - before[1])
        second = _unit(after[0] - x, after[1] - y)
        # Inwards is to the left of the way round; a sharp corner moves in further.
        normal = _unit(-first[1] - second[1], first[0] + second[0])
        lean = max(normal[0] * -first[1] + normal[1] * first[0], 0.3)
        moved.append((x + normal[0] * by / lean, y + normal[1] * by / lean))
    return (*moved, moved[0])


def _unit(x: float, y: float) -> Point:
    length = (x * x + y * y) ** 0.5 or 1.0
    return x / length, y / length


def _straps(sheet: Sheet) -> list[Flat]:
    found = []
    for row in sheet.cuts:
        strap = row.strap
        long, wide = float(strap.cut_mm), float(strap.width_mm)
        ring = ((0.0, 0.0), (long, 0.0), (long, wide), (0.0, wide))
        folds, marks, holes = [], [], []
        for mark in strap.marks:
            word = mark.what.partition(" ")[0]
            line = ((float(mark.at_mm), 0.0), (float(mark.at_mm), wide))
            if word == "hole":
                holes.append(((float(mark.at_mm), wide / 2), _hole_mm(wide) / 2))
            elif word == "fold":
                folds.append(line)
            else:
                marks.append(line)
        title = f"{row.letter}  {strap.title}, {strap.cut_mm} × {strap.width_mm} mm, {row.roll}"
        parts = tuple(folds), tuple(marks), tuple(holes)
        found.append(Flat(f"{strap.name}_strap", title, long, wide, (ring,), *parts))
    return found


def _hole_mm(width_mm: float) -> float:
    """The punch for a strap of this width."""
    return 2.0 + 0.08 * width_mm


def drawn(flat: Flat) -> Drawing:
    """A part at true size, y downwards."""
    drawing = Drawing(flat.width, flat.height)

    def down(ring: tuple[Point, ...]) -> list[Point]:
        return [(x, flat.height - y) for x, y in ring]

    drawing.area(*(down(ring) for ring in flat.rings), width=0.3)
    for line in flat.folds:
        drawing.line(down(line), INK, 0.2, FOLD_DASH)
    for line in flat.marks:
        drawing.line(down(line), SOFT, 0.15)
    for (x, y), radius in flat.holes:
        drawing.circle((x, flat.height - y), radius, width=0.2)
    return drawing


def with_texts(part: Flat, letterings: tuple[Lettering, ...]) -> Drawing:
    """A panel at true size with its texts where they stand."""
    drawing = drawn(part)
    for lettering in letterings:
        if lettering.on == part.name:
            text = lettered(lettering)
            x = part.origin[0] - text.width / 2
            drawing.put(text, x, part.height - part.origin[1] - top_mm(lettering))
    return drawing


def svg(sheet: Sheet) -> str:
    """All parts of a piece under each other, at true size."""
    parts = flats(sheet)
    width = max([part.width for part in parts], default=100.0) + 2 * GAP_MM
    whole = Drawing(width, GAP_MM)
    y = GAP_MM
    for part in parts:
        whole.label((GAP_MM, y + 3), part.title, 9, colour=SOFT)
        whole.put(with_texts(part, sheet.resolved.letterings), GAP_MM, y + 5)
        y += part.height + 5 + GAP_MM
    for lettering in sheet.resolved.letterings:
        text = lettered(lettering)
        whole.label((GAP_MM, y + 3), " / ".join(lettering.lines), 9, colour=SOFT)
        whole.put(text, GAP_MM, y + 5)
        whole.width = max(whole.width, text.width + 2 * GAP_MM)
        y += text.height + 5 + GAP_MM
    whole.line(((GAP_MM, y + 4), (GAP_MM + 100, y + 4)), INK, 0.4)
    whole.label((GAP_MM, y + 9), "100 mm", 9)
    whole.height = y + 9 + GAP_MM
    return whole.svg(f"{sheet.number} {sheet.name}".strip())


def top_mm(lettering: Lettering) -> float:
    """How far above the middle of its place a text reaches."""
    return max(foot + line.high * lettering.height_mm for line, foot in _lines(lettering))


def lettered(lettering: Lettering, colour: str = ACCENT) -> Drawing:
    """A text as it will stand on the piece: its letters' outlines at true size."""
    high, lines, top = lettering.height_mm, _lines(lettering), top_mm(lettering)
    low = min(foot + line.low * high for line, foot in lines)
    width = max(line.length for line, _ in lines) * high
    drawing = Drawing(width, top - low)
    for line, foot in lines:
        left = (width - line.length * high) / 2
        for shape in line.shapes:
            rings = (
                [(float(x) * high + left, top - foot - float(y) * high) for x, y in ring]
                for ring in shape.rings
            )
            drawing.area(*rings, fill=colour, stroke=None)
    return drawing


def _lines(lettering: Lettering) -> list[tuple[Written, float]]:
    """Each line as it is written, and how far above the middle of its place it stands."""
    spacing = library.table("lettering")["method"][lettering.method.value]["spacing"]
    lines = (write(line, spacing, lettering.height_mm) for line in lettering.lines)
    return list(zip(lines, lettering.feet_mm, strict=True))
