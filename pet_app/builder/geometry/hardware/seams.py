"""Stitches: threads lying in lines on a strap's outer face."""

import numpy as np

from pet_app.builder.geometry.solid import Solid
from pet_app.builder.geometry.track import unit

SUNK_MM = 0.1
"""How deep a thread's sides are pressed into the webbing."""

SHARE = 0.86
"""How much of its pitch a stitch shows; the rest is where the thread goes down."""

SLANT_MM = 0.16
"""A lockstitch lies a little askew: its end is this far beside its line."""

THREAD = np.array(
    [
        *((-1, 0, 0), (-0.55, 1, 0), (-0.55, 0, 1), (-0.55, -1, 0)),
        *((0.55, 1, 0), (0.55, 0, 1), (0.55, -1, 0), (1, 0, 0)),
    ]
)
"""A thread's corners in shares of its half length, half breadth and height."""

THREAD_NORMALS = np.array(
    [
        *((-0.8, 0, 0.6), (-0.2, 1, 0.25), (-0.2, 0, 1), (-0.2, -1, 0.25)),
        *((0.2, 1, 0.25), (0.2, 0, 1), (0.2, -1, 0.25), (0.8, 0, 0.6)),
    ]
)

THREAD_FACES = np.array(
    [
        *([0, 2, 1], [0, 3, 2], [7, 4, 5], [7, 5, 6]),
        *([1, 5, 4], [1, 2, 5], [2, 6, 5], [2, 3, 6]),
        *([0, 1, 3], [1, 6, 3], [1, 4, 6], [7, 6, 4]),
    ]
)


def stitches(corners: np.ndarray, pitch_mm: float, thickness_mm: float = 0.7) -> Solid:
    """Stitches on the plane out = 0 along lines, float64 (n, 2, 2), their ends along and across.

    Each is a length of thread that comes up, lies rounded on the webbing and goes down again.
    """
    lengths = np.sqrt(((corners[:, 1] - corners[:, 0]) ** 2).sum(axis=1))
    counts = np.maximum(2, np.rint(lengths / pitch_mm)).astype(int)
    line = np.repeat(np.arange(len(corners)), counts)
    number = np.arange(len(line)) - np.repeat(np.cumsum(counts) - counts, counts)
    share = ((number + 0.5) / counts[line])[:, None]
    start, end = corners[line, 0], corners[line, 1]
    centre = start + share * (end - start)
    ahead = unit(end - start)
    left = np.stack([-ahead[:, 1], ahead[:, 0]], axis=1)
    half = (SHARE / 2 * lengths / counts)[line, None]
    ahead = ahead * half + left * SLANT_MM
    side = left * thickness_mm / 2
    shape = THREAD * [1.0, 1.0, 0.62 * thickness_mm] - [0.0, 0.0, SUNK_MM]
    flat = centre[:, None] + shape[None, :, :1] * ahead[:, None]
    flat = flat + shape[None, :, 1:2] * side[:, None]
    high = np.broadcast_to(shape[None, :, 2:], (*flat.shape[:2], 1))
    vertices = np.concatenate([flat, high], axis=2)
    along, beside = unit(ahead)[:, None], unit(side)[:, None]
    leaning = THREAD_NORMALS[None]
    normals = leaning[..., :1] * along + leaning[..., 1:2] * beside
    up = np.broadcast_to(leaning[..., 2:], (*normals.shape[:2], 1))
    normals = np.concatenate([normals, up], axis=2)
    faces = THREAD_FACES[None] + 8 * np.arange(len(centre))[:, None, None]
    vertices = vertices.reshape(-1, 3)
    normals = unit(normals.reshape(-1, 3))
    return Solid(vertices, faces.reshape(-1, 3), normals, vertices[:, :2].copy())


def lines(stitch: str, length_mm: float, width_mm: float) -> np.ndarray:
    """The lines of a seam of some kind that fills a field, for `stitches`: float64 (n, 2, 2).

    `stitch` is `box and cross`, `box`, `bartack` (a dense zigzag across the strap), `line` (one
    along the middle) or `hem` (two across it).
    """
    x, y = length_mm / 2, width_mm / 2
    a, b, c, d = (-x, -y), (x, -y), (x, y), (-x, y)
    if stitch == "line":
        return np.array([[(-x, 0.0), (x, 0.0)]])
    if stitch == "hem":
        return np.array([[a, d], [b, c]])
    if stitch == "bartack":
        count = max(6, 2 * round(width_mm / 1.6))
        turns = np.stack(
            [np.where(np.arange(count + 1) % 2, x, -x), np.linspace(-y, y, count + 1)], axis=1
        )
        return np.stack([turns[:-1], turns[1:]], axis=1)
    box = [[a, b], [b, c], [c, d], [d, a]]
    return np.array([*box, [a, c], [b, d]] if stitch == "box and cross" else box)
