"""A tag worked out: its plate, what is engraved in it, and the ring it hangs from."""

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np

from pet_app.builder import lettering, library
from pet_app.builder.courses import Courses
from pet_app.builder.design import Design
from pet_app.builder.lettering import Room
from pet_app.builder.lettering.clipped import grown, joined
from pet_app.builder.resolve.letters import letters
from pet_app.builder.resolve.made import Fitting, Making, Panel
from pet_app.builder.rules import TagShape

GRID = 1e5
"""Steps in a millimetre while shapes are joined."""

STRAIGHT_MM = 0.002
"""A point this near the line between its neighbours is not one of an outline."""

STEP_MM = 0.9
"""Points on the round parts of an outline lie this far apart."""


@dataclass(frozen=True, eq=False)
class Blank:
    """A tag before anything is cut into it, in mm round the middle of its shape, y up.

    `outline` is counter-clockwise, `hole` clockwise; `body` the outline without
    the ear, which is where text may stand.
    """

    outline: np.ndarray
    hole: np.ndarray
    body: np.ndarray
    hole_at_mm: float
    hole_mm: float
    thickness_mm: float
    ring_mm: int


def work_out(design: Design) -> Making:
    options, shape = design.options, blank(design.options.tag_shape, design.options.tag_mm)
    name = _row(options.tag_shape)["name"]
    sheet = library.table("materials")["sheet"]["tag_plate"]
    panel = Panel(
        name="tag",
        title=f"{name} {options.tag_mm} mm",
        sku=sheet["sku"],
        material=f"{sheet['name']} {shape.thickness_mm:g} mm",
        thickness_mm=shape.thickness_mm,
        outline_mm=_points(shape.outline),
        fold_mm=0.0,
        area_mm2=_area(shape.outline) - _area(shape.hole[::-1]),
        holes_mm=(_points(shape.hole),),
    )
    ring = library.hardware("split_ring", shape.ring_mm)
    fitting = Fitting(
        name="split_ring",
        piece="split_ring",
        sku=ring.sku,
        title=f"{ring.name} {shape.ring_mm} mm",
        size_mm=shape.ring_mm,
        strength_n=ring.strength_n,
        bears=False,
    )
    texts = ()
    if lettering.tidy(options.text):
        laid = lettering.lay(options.text, options.method, room(design))
        written = letters("tag", "tag", 0.0, laid)
        middle = middle_mm(design)
        texts = (replace(written, feet_mm=tuple(foot + middle for foot in written.feet_mm)),)
    return Making(laid=Courses(), panels=(panel,), fittings=(fitting,), letterings=texts)


def room(design: Design) -> Room:
    """Where a text may stand on the design's tag: inside its shape and clear of the hole."""
    options = design.options
    shape, row = blank(options.tag_shape, options.tag_mm), _row(options.tag_shape)
    table, middle = library.table("tag"), middle_mm(design)
    body = shape.body
    ceiling = shape.hole_at_mm - shape.hole_mm / 2 - table["bevel_mm"] - 0.5

    def length_mm(low: float, high: float) -> float:
        if high + middle > ceiling:
            return 0.0
        rows = np.linspace(low + middle, high + middle, 9)
        return 2 * min(_half_width(body, row) for row in rows)

    high = float(body[:, 1].max() - body[:, 1].min())
    lines = library.table("lettering")["text"]["lines"]["tag"]
    return Room(row["capital"] * options.tag_mm, high, length_mm, lines)


def middle_mm(design: Design) -> float:
    """How far above the middle of the shape the middle of a text is."""
    return _row(design.options.tag_shape)["middle"] * design.options.tag_mm


@lru_cache(maxsize=64)
def blank(shape: TagShape, tag_mm: int) -> Blank:
    """The plate of a tag of this shape and greatest width."""
    table, row = library.table("tag"), _row(shape)
    size = next(size for size in table["sizes"] if tag_mm <= size["up_to_mm"])
    wire = library.hardware("split_ring", size["ring_mm"]).bar_mm
    hole = wire * np.hypot(1.0, table["hole"]["turns"]) + table["hole"]["clear_mm"]
    ear, at = hole / 2 + table["hole"]["wall_mm"], row["ear"] * tag_mm
    body = _joined(_SHAPES[shape](row, float(tag_mm)))
    whole = _joined([body, _circle(0.0, at, ear)])
    fillet = table["fillet_mm"]
    return Blank(
        outline=_even(_grown(_grown(whole, fillet), -fillet)),
        hole=_circle(0.0, at, hole / 2)[::-1],
        body=_grown(body, -table["margin_mm"]),
        hole_at_mm=at,
        hole_mm=float(hole),
        thickness_mm=size["thickness_mm"],
        ring_mm=size["ring_mm"],
    )


def _round(row: dict[str, Any], size: float) -> list[np.ndarray]:
    return [_circle(0.0, 0.0, size / 2)]


def _bone(row: dict[str, Any], size: float) -> list[np.ndarray]:
    lobe, spread, waist = row["lobe"] * size, row["spread"] * size, row["waist"] * size
    x = size / 2 - lobe
    lobes = [_circle(side * x, up * spread, lobe) for side in (-1, 1) for up in (-1, 1)]
    return [*lobes, np.array([[-x, -waist], [x, -waist], [x, waist], [-x, waist]])]


def _heart(row: dict[str, Any], size: float) -> list[np.ndarray]:
    """Two circles, and the tangents from them to a rounded tip."""
    lobe = row["lobe"] * size
    x, up, tip = size / 2 - lobe, 0.5 * size - lobe - 0.06 * size, row["tip"] * size
    low = up - row["deep"] * size
    circles = [_circle(-x, up, lobe), _circle(x, up, lobe), _circle(0.0, low, tip)]
    between = _hull(np.concatenate(circles))
    keep = between[between[:, 1] <= up]
    return [*circles, np.concatenate([keep, [[x, up + 0.4 * lobe], [-x, up + 0.4 * lobe]]])]


def _bar(row: dict[str, Any], size: float) -> list[np.ndarray]:
    corner = row["corner"] * size
    x, y = size / 2 - corner, row["high"] * size / 2 - corner
    return [_grown(np.array([[-x, -y], [x, -y], [x, y], [-x, y]]), corner)]


_SHAPES = {
    TagShape.ROUND: _round,
    TagShape.BONE: _bone,
    TagShape.HEART: _heart,
    TagShape.BAR: _bar,
}


def _row(shape: TagShape) -> dict[str, Any]:
    return library.table("tag")["shape"][shape.value]


def _circle(x: float, y: float, radius: float) -> np.ndarray:
    count = max(24, round(2 * np.pi * radius / 0.6))
    turn = np.arange(count) * 2 * np.pi / count
    return np.stack([x + radius * np.cos(turn), y + radius * np.sin(turn)], axis=1)


def _hull(points: np.ndarray) -> np.ndarray:
    """The corners of points, counter-clockwise from the leftmost."""
    ordered = sorted(map(tuple, points))

    def half(row: list[tuple[float, ...]]) -> list[tuple[float, ...]]:
        chain: list[tuple[float, ...]] = []
        for x, y in row:
            while len(chain) > 1:
                (ax, ay), (bx, by) = chain[-2:]
                if (bx - ax) * (y - ay) - (by - ay) * (x - ax) > 0:
                    break
                chain.pop()
            chain.append((x, y))
        return chain[:-1]

    return np.array(half(ordered) + half(ordered[::-1]))


def _joined(rings: list[np.ndarray]) -> np.ndarray:
    whole = [np.rint(ring * GRID).astype(np.int64) for ring in rings]
    return joined(whole, 0.001 * GRID)[0][0] / GRID


def _grown(ring: np.ndarray, by_mm: float) -> np.ndarray:
    rings = grown([np.rint(ring * GRID).astype(np.int64)], by_mm * GRID, 0.004 * GRID)
    return max(rings, key=_area) / GRID


def _even(ring: np.ndarray) -> np.ndarray:
    """A ring with points evenly spaced along it, symmetric left and right."""
    top = int(np.argmax(ring[:, 1] - 1e-3 * np.abs(ring[:, 0])))
    ring = np.roll(ring, -top, axis=0)
    ring[0, 0] = 0.0
    closed = np.concatenate([ring, ring[:1]])
    arc = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(closed, axis=0).T))])
    places = np.linspace(0.0, arc[-1], 2 * round(arc[-1] / STEP_MM / 2) + 1)[:-1]
    even = np.stack([np.interp(places, arc, axis) for axis in closed.T], axis=1)
    return _bent(even)


def _bent(ring: np.ndarray) -> np.ndarray:
    """A ring without the points that lie on a straight line between others."""
    kept = [ring[0]]
    for point, after in zip(ring[1:], np.roll(ring, -2, axis=0), strict=False):
        before = kept[-1]
        way = after - before
        aside = (point - before)[0] * way[1] - (point - before)[1] * way[0]
        if abs(aside) > STRAIGHT_MM * float(np.hypot(*way)):
            kept.append(point)
    return np.array(kept)


def _half_width(body: np.ndarray, height: float) -> float:
    """How far the body reaches to the nearer side at a height; 0 where it does not."""
    after = np.roll(body, -1, axis=0)
    crossing = (body[:, 1] > height) != (after[:, 1] > height)
    start, end = body[crossing], after[crossing]
    if not len(start):
        return 0.0
    share = (height - start[:, 1]) / (end[:, 1] - start[:, 1])
    return float(np.abs(start[:, 0] + share * (end[:, 0] - start[:, 0])).min())


def _area(ring: np.ndarray) -> float:
    after = np.roll(ring, -1, axis=0)
    return float((ring[:, 0] * after[:, 1] - ring[:, 1] * after[:, 0]).sum() / 2)


def _points(ring: np.ndarray) -> tuple[tuple[float, float], ...]:
    return tuple((round(float(x), 4), round(float(y), 4)) for x, y in ring)
