"""The finished piece as line drawings: how it usually looks, and from side, front and above."""

from dataclasses import dataclass, replace

import numpy as np

from pet_app.builder.pictures import PictureKind
from pet_app.builder.render.camera import Camera
from pet_app.builder.render.lines import Lines, lines
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.views import view
from pet_app.builder.workshop.drawing import INK, SOFT, Drawing, Path

WIDE_MM, HIGH_MM = 180.0, 92.0
SIZE_PX = 700
LENS_DEG = 2.5
"""So far off that a millimetre is the same everywhere on the piece, as in a drawing it should."""

OUTER_MM, INNER_MM = 0.42, 0.2
APART_MM = 8.0
NAMES = {
    PictureKind.SIDE: "From its right side",
    PictureKind.FRONT: "From the front",
    PictureKind.TOP: "From above",
}
AS_WORN = "As worn"


@dataclass(frozen=True)
class _View:
    """Lines with their bounds in pixels, cut to what is drawn."""

    name: str
    drawn: Lines
    low: tuple[float, float]
    size_mm: tuple[float, float]


def sheet_of_views(
    scene: Scene,
    usual: Camera,
    front_deg: float,
    wide_mm: float = WIDE_MM,
    high_mm: float = HIGH_MM,
) -> Drawing:
    """All views side by side at one scale, named, on at most `wide_mm` by `high_mm`."""
    cameras = {AS_WORN: usual} | {
        name: view(kind, usual, front_deg) for kind, name in NAMES.items()
    }
    views = [_view(name, scene, camera) for name, camera in cameras.items()]
    room = wide_mm - APART_MM * (len(views) - 1)
    across, tallest = sum(one.size_mm[0] for one in views), max(one.size_mm[1] for one in views)
    scale = min(room / across, (high_mm - APART_MM) / tallest)
    sheet = Drawing(wide_mm, tallest * scale + APART_MM)
    gap = (wide_mm - across * scale) / (len(views) - 1)
    x = 0.0
    for one in views:
        wide, high = one.size_mm[0] * scale, one.size_mm[1] * scale
        _put(sheet, one, scale, x, (tallest * scale - high) / 2)
        sheet.label((x + wide / 2, tallest * scale + 5.5), one.name, 7, "middle", SOFT)
        x += wide + gap
    return sheet


def _view(name: str, scene: Scene, camera: Camera) -> _View:
    drawn = lines(scene, replace(camera, lens_deg=LENS_DEG, margin=0.01), SIZE_PX)
    xs = [x for line in drawn.lines for x in line.points[:, 0]]
    ys = [y for line in drawn.lines for y in line.points[:, 1]]
    size_mm = (max(xs) - min(xs)) * drawn.pixel_mm, (max(ys) - min(ys)) * drawn.pixel_mm
    return _View(name, drawn, (min(xs), min(ys)), size_mm)


def _put(sheet: Drawing, one: _View, scale: float, x: float, y: float) -> None:
    by, low = one.drawn.pixel_mm * scale, np.array(one.low)
    for outer, thick in ((False, INNER_MM), (True, OUTER_MM)):
        ways = [
            (line.points - low) * by + (x, y) for line in one.drawn.lines if line.outer is outer
        ]
        if ways:
            rings = tuple(tuple(map(tuple, way.tolist())) for way in ways)
            sheet.shapes.append(Path(rings, False, INK, thick, None))
