"""Stitches: threads lying in lines on a strap's outer face."""

import numpy as np

from pet_app.builder.geometry.solid import Solid

STITCH_HEIGHT_MM = 0.4


def stitches(corners: np.ndarray, pitch_mm: float, thickness_mm: float = 0.7) -> Solid:
    """Stitches on the plane out = 0 along lines, float64 (n, 2, 2), their ends along and across."""
    centres, ways = [], []
    for start, end in corners:
        length = np.linalg.norm(end - start)
        count = max(2, round(length / pitch_mm))
        shares = (np.arange(count) + 0.5) / count
        centres.append(start + shares[:, None] * (end - start))
        ways.append(np.broadcast_to((end - start) / count, (count, 2)))
    centre = np.concatenate(centres)
    way = 0.4 * np.concatenate(ways)
    side = np.stack([-way[:, 1], way[:, 0]], axis=1)
    side *= thickness_mm / 2 / np.linalg.norm(side, axis=1, keepdims=True)
    level = np.zeros((len(centre), 1))
    corners_3d = np.stack(
        [
            np.concatenate([centre - way, level], axis=1),
            np.concatenate([centre - side, level], axis=1),
            np.concatenate([centre + way, level], axis=1),
            np.concatenate([centre + side, level], axis=1),
            np.concatenate([centre, level + STITCH_HEIGHT_MM], axis=1),
        ],
        axis=1,
    )
    normals = corners_3d - corners_3d[:, :4].mean(axis=1, keepdims=True)
    normals[:, :, 2] += 0.2
    normals /= np.linalg.norm(normals, axis=2, keepdims=True)
    pyramid = np.array([[0, 1, 4], [1, 2, 4], [2, 3, 4], [3, 0, 4], [2, 1, 0], [3, 2, 0]])
    faces = pyramid[None] + 5 * np.arange(len(centre))[:, None, None]
    vertices = corners_3d.reshape(-1, 3)
    return Solid(vertices, faces.reshape(-1, 3), normals.reshape(-1, 3), vertices[:, :2].copy())


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
