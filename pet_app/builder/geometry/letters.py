"""Letters as bodies: sewn or printed on a strap or cloth, or cut into a plate of metal."""

from collections.abc import Sequence

import numpy as np

from pet_app.builder import library
from pet_app.builder.geometry.assembly import Assembly
from pet_app.builder.geometry.mesh import Slot
from pet_app.builder.geometry.sheet import Sheet, around, clear, filled, on_grid, regions_of
from pet_app.builder.geometry.solid import Solid, grid_faces, lathe, rectangle, together
from pet_app.builder.geometry.track import Track, unit
from pet_app.builder.lettering import Laid, rivet_mm
from pet_app.builder.lettering.written import Shape
from pet_app.builder.resolve import Lettering
from pet_app.builder.rules import Method

SUNK_MM = 0.06
"""So far sewn and printed letters reach into what they are on, so that no gap shows."""

BEND_MM = 2.0
"""On a strap no triangle is longer than this along it."""

PLATE_BEND_MM = 3.5
"""Nor one of a plate."""

DOME = 0.75
"""How far the upper edge of sewn letters leans out, as light sees a satin stitch rounded."""

CROWN = 0.005
"""How much the face of a plate leans per mm from its middle: none is pressed quite flat."""

PAINT_MM = (0.02, 0.1)
"""The paint in an engraving lies between these heights above its floor."""


def letters_on_strap(
    work: Assembly,
    lettering: Lettering,
    track: Track,
    place_mm: float,
    out_mm: float,
    along_sign: int = 1,
) -> None:
    """A text on a strap's outer face, `out_mm` above its track, or its plate when it is engraved.

    The text reads along the track, its tops towards +across; the other way with -1.
    """
    turn = np.diag([along_sign, along_sign, 1.0])
    shapes = outlines(lettering)
    name = f"{lettering.name}_letters"
    if lettering.method is Method.ENGRAVED:
        plate, paint = name_plate(work.width, shapes)
        laid = plate.turned(turn).moved(out=out_mm).laid(track, place_mm)
        work.fitting("name_plate", Slot.METAL, laid)
        if paint:
            laid = paint.turned(turn).moved(out=out_mm).laid(track, place_mm)
            work.add(name, Slot.ENGRAVING, laid)
        return
    solid = raised(shapes, lettering.method, BEND_MM).turned(turn).moved(out=out_mm)
    work.add(name, Slot.LETTERS, solid.laid(track, place_mm))


def outlines(lettering: Lettering) -> tuple[Shape, ...]:
    """All letters in mm round the middle of their place."""
    return Laid(
        lettering.lines,
        lettering.method,
        lettering.height_mm,
        lettering.length_mm,
        lettering.feet_mm,
    ).shapes()


def raised(
    shapes: Sequence[Shape], method: Method, bend_mm: float = 0.0, any_way: bool = False
) -> Solid:
    """Letters that stand on the plane out = 0, cut every `bend_mm` to be bent, along the line or
    `any_way`."""
    regions = regions_of(shapes)
    sheet = (
        filled(regions, pitch_mm=bend_mm) if any_way else filled(regions, _cuts(shapes, bend_mm))
    )
    high = library.table("lettering")["method"][method.value]["high_mm"]
    return slab(sheet, -SUNK_MM, high, DOME if method is Method.EMBROIDERED else 0.0)


def slab(sheet: Sheet, low_mm: float, high_mm: float, dome: float = 0.0) -> Solid:
    """A sheet made a body between two heights. `dome` leans the normals of its upper edge out."""
    count = len(sheet.points)
    out = sheet.outward()
    lean = np.concatenate([out * dome, np.ones((count, 1))], axis=1)
    below = np.concatenate([out, np.full((count, 1), -0.4)], axis=1)
    start, end = sheet.edges.T
    walls = np.concatenate(
        [
            np.stack([start + count, end + count, start], axis=1),
            np.stack([end + count, end, start], axis=1),
        ]
    )
    return Solid(
        np.concatenate([_at(sheet.points, high_mm), _at(sheet.points, low_mm)]),
        np.concatenate([sheet.triangles, sheet.triangles[:, ::-1] + count, walls]),
        unit(np.concatenate([lean, below])),
        np.concatenate([sheet.points, sheet.points]),
    )


def name_plate(width_mm: int, shapes: Sequence[Shape]) -> tuple[Solid, Solid | None]:
    """The plate for a strap with a text cut into it, and the paint in that; it lies on out = 0."""
    part = library.hardware("name_plate", width_mm)
    high = library.table("hardware")["name_plate"]["sizes"][str(width_mm)]["high_mm"]
    x, y, head = part.span_mm / 2, part.bar_mm / 2, rivet_mm(width_mm)
    corner = 0.28 * part.bar_mm
    straight = x - corner - 0.1
    cuts = np.linspace(-straight, straight, 2 * int(np.ceil(straight / PLATE_BEND_MM)) + 1)
    cuts = clear(shapes, cuts)
    ring = rectangle((-x, -y), (x, y), corner, steps=4).ring()
    ring = _through(ring, cuts)
    plate, paint = engraved(ring, (), shapes, high, 0.22 * high, cuts)
    turn = np.linspace(0.0, np.pi / 2, 6)
    profile = np.stack([head / 2 * np.cos(turn), 0.24 * head * np.sin(turn)], axis=1)
    profile[-1, 0] = 0.0
    dome = lathe(np.array([(0.0, -0.1), (head / 2, -0.1), *profile.tolist()]), sides=18)
    heads = [dome.moved(along=sign * (x - 0.9 * head), out=high) for sign in (-1, 1)]
    return together([plate, *heads]), paint


def engraved(
    outline: np.ndarray,
    holes: Sequence[np.ndarray],
    shapes: Sequence[Shape],
    high_mm: float,
    bevel_mm: float,
    cuts: np.ndarray | None = None,
) -> tuple[Solid, Solid | None]:
    """A plate on out = 0 with rounded edges and letters cut into its upper face, and the paint on
    their floor. `outline` is counter-clockwise, `holes` clockwise; float64 (n, 2) mm."""
    depth = library.table("lettering")["method"][Method.ENGRAVED.value]["high_mm"]
    outer, *inner = (inset(ring, bevel_mm) for ring in (outline, *holes))
    top = filled(around(outer, inner, shapes), cuts)
    bottom = filled([(outer, *inner)], cuts)
    rims = [_rim(ring, high_mm, bevel_mm) for ring in (outline, *holes)]
    solids = [_face(top, high_mm, 1), _face(bottom, 0.0, -1), *rims]
    if not shapes:
        return together(solids), None
    floor = filled(regions_of(shapes), cuts)
    level = high_mm - depth
    solids += [_face(floor, level, 1), _recess(floor, level, high_mm)]
    return together(solids), slab(floor, level + PAINT_MM[0], level + PAINT_MM[1])


def inset(ring: np.ndarray, by_mm: float) -> np.ndarray:
    """A ring drawn towards its left by some millimetres, point for point."""
    way = unit(np.roll(ring, -1, axis=0) - ring)
    before = np.roll(way, 1, axis=0)
    side = unit(way + before) @ np.array([[0.0, 1.0], [-1.0, 0.0]])
    square = way @ np.array([[0.0, 1.0], [-1.0, 0.0]])
    reach = 1.0 / np.maximum(np.einsum("ij,ij->i", side, square), 0.5)
    return ring + side * by_mm * reach[:, None]


def _rim(ring: np.ndarray, high_mm: float, bevel_mm: float) -> Solid:
    """The edge of a plate, rounded above and below."""
    closed = np.concatenate([ring, ring[:1]])
    outward = ring - inset(ring, 1.0)
    outward = unit(np.concatenate([outward, outward[:1]]))
    turn = np.linspace(0.0, np.pi / 2, 4)
    heights = np.concatenate(
        [bevel_mm * (1 - np.cos(turn)), high_mm - bevel_mm * (1 - np.cos(turn[::-1]))]
    )
    depth = bevel_mm * (1 - np.sin(np.concatenate([turn, turn[::-1]])))
    lean = np.concatenate([-np.cos(turn), np.cos(turn[::-1])])
    rows = []
    for height, by, up in zip(heights, depth, lean, strict=True):
        drawn = on_grid(inset(ring, by))
        rows.append((_at(np.concatenate([drawn, drawn[:1]]), height), up))
    vertices = np.concatenate([row for row, _ in rows])
    level = np.sqrt(1 - lean**2)
    normals = np.concatenate(
        [
            np.concatenate([outward * side, np.full((len(closed), 1), up)], axis=1)
            for side, up in zip(level, lean, strict=True)
        ]
    )
    steps = np.linalg.norm(np.diff(closed, axis=0), axis=1)
    way = np.concatenate([[0.0], np.cumsum(steps)])
    uv = np.stack([np.tile(way, len(rows)), np.repeat(heights, len(closed))], axis=1)
    faces = grid_faces(len(rows), len(closed))
    return Solid(vertices, faces, unit(normals), uv)


def _face(sheet: Sheet, height_mm: float, up: int) -> Solid:
    normals = unit(_at(sheet.points * CROWN * up, float(up)))
    return Solid(_at(sheet.points, height_mm), sheet.triangles[:, ::up], normals, sheet.points)


def _recess(floor: Sheet, low_mm: float, high_mm: float) -> Solid:
    """The walls round a floor, seen from above it."""
    count = len(floor.points)
    inward = np.concatenate([-floor.outward(), np.zeros((count, 1))], axis=1)
    inward[np.linalg.norm(inward, axis=1) == 0] = [0.0, 0.0, 1.0]
    start, end = floor.edges.T
    walls = np.concatenate(
        [
            np.stack([start, start + count, end], axis=1),
            np.stack([end, start + count, end + count], axis=1),
        ]
    )
    used, names = np.unique(walls, return_inverse=True)
    vertices = np.concatenate([_at(floor.points, low_mm), _at(floor.points, high_mm)])[used]
    return Solid(
        vertices,
        names.reshape(-1, 3),
        np.concatenate([inward, inward])[used],
        np.concatenate([floor.points, floor.points])[used],
    )


def _at(points: np.ndarray, height_mm: float) -> np.ndarray:
    return np.concatenate([points, np.full((len(points), 1), height_mm)], axis=1)


def _cuts(shapes: Sequence[Shape], bend_mm: float) -> np.ndarray | None:
    if not bend_mm:
        return None
    every = np.concatenate([shape.outline[:, 0] for shape in shapes])
    return clear(shapes, np.arange(every.min() + bend_mm / 2, every.max(), bend_mm))


def _through(ring: np.ndarray, cuts: np.ndarray) -> np.ndarray:
    """A ring of a rectangle with a point on its long sides at every cut."""
    after = np.roll(ring, -1, axis=0)
    points: list[np.ndarray] = []
    for start, end in zip(ring, after, strict=True):
        points.append(start[None])
        if abs(end[0] - start[0]) > 2 * PLATE_BEND_MM:
            inside = cuts if end[0] > start[0] else cuts[::-1]
            points.append(np.stack([inside, np.full(len(inside), start[1])], axis=1))
    return np.concatenate(points)
