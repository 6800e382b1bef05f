"""Line drawings: outlines, folds and the borders between parts, hidden ones left out.

Drawn from what the camera sees, as Saito and Takahashi's "Comprehensible rendering of 3-D shapes"
(SIGGRAPH 1990): neighbouring pixels that show different parts, surfaces behind one another or a
sharp fold have a line between them. Lines follow the cracks between such pixels from crossing to
crossing, and are then smoothed and thinned out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from pet_app.builder.render.camera import Camera, View, place
from pet_app.builder.render.scene import Scene
from pet_app.builder.render.visibility import Fragments, fragments

FOLD = 0.72
"""The cosine between neighbouring normals below which a surface is folded: about 44 degrees."""

STEP_MM = 0.7
"""How far one surface lies behind another for a line to stand between them, at least."""

STEP_PIXELS = 2.0
"""The same in pixels, for pieces seen from far."""

HALF = 0.5
"""The share of a pixel a piece must cover to be drawn there."""

SPECK = 12
"""Inner lines of fewer cracks that end in nothing are grain, not form."""

SMOOTHED = 3
STRAY = 0.35
"""How far, in pixels, a thinned line may leave the smooth one."""

NOTHING = -1


@dataclass(frozen=True, eq=False)
class Line:
    """float64 (n, 2) pixels right and down. `outer` has nothing but air on one side."""

    points: np.ndarray
    outer: bool


@dataclass(frozen=True, eq=False)
class Lines:
    """A drawing on a square of `size` pixels, each `pixel_mm` in the middle of the piece."""

    lines: tuple[Line, ...]
    size: int
    pixel_mm: float


@dataclass(frozen=True, eq=False)
class Seen:
    """What shows in each pixel. parts: int32 (h, w), NOTHING for air. places, normals: float32
    (h, w, 3)."""

    parts: np.ndarray
    places: np.ndarray
    normals: np.ndarray


def lines(scene: Scene, camera: Camera, size: int) -> Lines:
    """The lines of a piece, as many pixels wide and high as `size` says."""
    view = place(camera, scene.vertices[:-1], size)
    found = seen(scene, fragments(scene, view.project(scene.vertices), size), size)
    pixel_mm = _pixel_mm(scene, view)
    across, down, outer_across, outer_down = edges(found, max(STEP_MM, STEP_PIXELS * pixel_mm))
    drawn = [
        Line(_smooth(points), outer)
        for begins, ends, outer in (
            (outer_across, outer_down, True),
            (across & ~outer_across, down & ~outer_down, False),
        )
        for points, loose in _chains(begins, ends)
        if outer or not loose or len(points) > SPECK
    ]
    return Lines(tuple(drawn), size, pixel_mm)


def seen(scene: Scene, shown: Fragments, size: int) -> Seen:
    """The surface that shows most in each pixel."""
    # The last of a pixel's fragments to be written stays: the one with the largest share.
    order = np.argsort(shown.share, kind="stable")
    face, pixel = shown.face[order], shown.pixel[order]
    weights = np.empty((len(face), 3, 1), np.float32)
    weights[:, 1:, 0] = shown.bary[order]
    weights[:, 0] = 1 - weights[:, 1] - weights[:, 2]
    corners = scene.faces[face]
    covered = np.bincount(pixel, shown.share[order], size * size) > HALF
    parts = np.full(size * size, NOTHING, np.int32)
    places, normals = np.zeros((2, size * size, 3), np.float32)
    parts[pixel] = scene.parts[face]
    places[pixel] = (scene.vertices[corners] * weights).sum(axis=1)
    bent = (scene.normals[corners] * weights).sum(axis=1)
    normals[pixel] = bent / np.maximum(np.linalg.norm(bent, axis=1, keepdims=True), 1e-6)
    parts[~covered] = NOTHING
    square = (size, size)
    return Seen(parts.reshape(square), places.reshape(*square, 3), normals.reshape(*square, 3))


def edges(found: Seen, step_mm: float) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Where lines go: bool (h, w - 1) between a pixel and the one to its right, bool (h - 1, w)
    between it and the one below, and the same two for outer lines alone."""
    beside = _edge(found, (slice(None), slice(None, -1)), (slice(None), slice(1, None)), step_mm)
    below = _edge(found, (slice(None, -1), slice(None)), (slice(1, None), slice(None)), step_mm)
    return beside[0], below[0], beside[1], below[1]


def _edge(
    found: Seen, one: tuple[slice, slice], other: tuple[slice, slice], step_mm: float
) -> tuple[np.ndarray, np.ndarray]:
    here, there = found.parts[one], found.parts[other]
    outer = (here == NOTHING) != (there == NOTHING)
    both = (here != NOTHING) & (there != NOTHING)
    normal, further = found.normals[one], found.normals[other]
    way = found.places[other] - found.places[one]
    # On one smooth surface the next place lies in the tangent plane of this one or of its own.
    step = np.minimum(
        np.abs(np.einsum("ijk,ijk->ij", way, normal)),
        np.abs(np.einsum("ijk,ijk->ij", way, further)),
    )
    folded = np.einsum("ijk,ijk->ij", normal, further) < FOLD
    return outer | (both & ((here != there) | (step > step_mm) | folded)), outer


def _pixel_mm(scene: Scene, view: View) -> float:
    return float(((scene.low + scene.high) / 2 - view.eye) @ view.axes[2]) / view.focal


def _chains(beside: np.ndarray, below: np.ndarray) -> Iterator[tuple[np.ndarray, bool]]:
    """Follow cracks from crossing to crossing, then round what is closed: float64 (n, 2) each, and
    whether an end meets nothing."""
    high, wide = beside.shape[0], below.shape[1]
    span = wide + 1
    row, column = np.nonzero(beside)
    upright = row * span + column + 1
    row, column = np.nonzero(below)
    level = (row + 1) * span + column
    ends = np.concatenate([np.stack([upright, upright + span], 1), np.stack([level, level + 1], 1)])
    met = np.bincount(ends.ravel(), minlength=span * (high + 1))
    ways: dict[int, list[int]] = {}
    for number, (begin, end) in enumerate(ends.tolist()):
        ways.setdefault(begin, []).append(number)
        ways.setdefault(end, []).append(number)
    free = np.ones(len(ends), bool)
    pairs = ends.tolist()
    starts = [node for node in ways if met[node] != 2]
    for node in (*starts, *ways):
        for first in ways[node]:
            if free[first]:
                path = _walked(node, first, pairs, ways, met, free)
                loose = met[path[0]] == 1 or met[path[-1]] == 1
                yield np.stack([np.array(path) % span, np.array(path) // span], 1) * 1.0, loose


def _walked(
    node: int,
    crack: int,
    pairs: list[list[int]],
    ways: dict[int, list[int]],
    met: np.ndarray,
    free: np.ndarray,
) -> list[int]:
    path, at = [node], node
    while True:
        free[crack] = False
        begin, end = pairs[crack]
        at = end if at == begin else begin
        path.append(at)
        on = next((other for other in ways[at] if free[other]), None)
        if met[at] != 2 or on is None:
            return path
        crack = on


def _smooth(path: np.ndarray) -> np.ndarray:
    """A staircase of cracks as the line it stands for."""
    closed = bool((path[0] == path[-1]).all())
    points = (path[1:] + path[:-1]) / 2
    if closed:
        points = np.concatenate([points, points[:1]])
    else:
        points = np.concatenate([path[:1], points, path[-1:]])
    for _ in range(SMOOTHED):
        if len(points) < 4:
            break
        inner = (points[:-2] + 2 * points[1:-1] + points[2:]) / 4
        first, last = points[:1], points[-1:]
        if closed:
            first = last = (points[-2:-1] + 2 * points[:1] + points[1:2]) / 4
        points = np.concatenate([first, inner, last])
    return _thinned(points)


def _thinned(points: np.ndarray) -> np.ndarray:
    """Douglas and Peucker: the fewest points from which no other strays further than STRAY."""
    keep = np.zeros(len(points), bool)
    keep[[0, -1]] = True
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        if last - first < 2:
            continue
        away = points[first + 1 : last] - points[first]
        way = points[last] - points[first]
        length = np.hypot(*way)
        if length < 1e-9:
            far = np.hypot(away[:, 0], away[:, 1])
        else:
            far = np.abs(away[:, 0] * way[1] - away[:, 1] * way[0]) / length
        worst = int(far.argmax())
        if far[worst] > STRAY:
            middle = first + 1 + worst
            keep[middle] = True
            stack += [(first, middle), (middle, last)]
    return points[keep]
